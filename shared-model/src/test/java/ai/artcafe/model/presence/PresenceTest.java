package ai.artcafe.model.presence;

import static org.assertj.core.api.Assertions.assertThat;

import ai.artcafe.model.identity.AgentId;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PresenceTest {

    @Test
    void a_record_is_read_as_it_is_written() {
        AgentPresence read =
                AgentPresence.parse(
                                "degraded 1000 2000 2000 500 degraded 1500 1500 2 nats"
                                        + " n:SERVER/7,g:gw.42/c-1")
                        .orElseThrow();

        assertThat(read.status()).isEqualTo(PresenceStatus.DEGRADED);
        assertThat(read.since()).isEqualTo(Instant.ofEpochMilli(1000));
        assertThat(read.isBeating()).isTrue();
        assertThat(read.reported()).hasValue(PresenceStatus.DEGRADED);
        assertThat(read.doors()).containsExactly(Door.NATS, Door.WEBSOCKET);
    }

    @Test
    void an_agent_without_a_known_connection_is_here_by_the_door_of_its_heartbeat() {
        AgentPresence online =
                AgentPresence.parse("online 1 2 2 0 - 0 0 0 websocket -").orElseThrow();
        AgentPresence offline =
                AgentPresence.parse("offline 1 2 2 3 - 0 0 0 websocket -").orElseThrow();

        assertThat(online.doors()).containsExactly(Door.WEBSOCKET);
        assertThat(offline.doors()).isEmpty();
    }

    @Test
    void what_is_no_record_or_change_is_none() {
        assertThat(AgentPresence.parse("")).isEmpty();
        assertThat(AgentPresence.parse("online x 2 2 0 - 0 0 0 - -")).isEmpty();
        assertThat(AgentPresence.parse("gone 1 2 2 0 - 0 0 0 - -")).isEmpty();
        assertThat(PresenceChange.read(Map.of())).isEmpty();
    }

    @Test
    void a_change_is_read_as_it_is_written() {
        PresenceChange change =
                new PresenceChange(
                        3,
                        new AgentId("a1"),
                        Optional.of(PresenceStatus.ONLINE),
                        PresenceStatus.OFFLINE,
                        Instant.ofEpochMilli(5),
                        PresenceChange.Cause.SILENT);

        assertThat(PresenceChange.read(change.fields())).hasValue(change);
        assertThat(change.isLeave()).isTrue();
        assertThat(change.isJoin()).isFalse();
    }
}
