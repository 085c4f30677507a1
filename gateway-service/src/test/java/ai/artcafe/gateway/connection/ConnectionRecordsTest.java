package ai.artcafe.gateway.connection;

import static org.assertj.core.api.Assertions.assertThat;

import ai.artcafe.gateway.agent.EndReason;
import ai.artcafe.gateway.telemetry.GatewayMeters;
import ai.artcafe.model.presence.Door;
import ai.artcafe.runtime.testing.TestClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ConnectionRecordsTest {

    private static final Duration RENEW = Duration.ofHours(8);

    private final TestClock clock = new TestClock(Instant.parse("2026-11-21T04:05:06Z"));
    private final Table table = new Table();
    private final List<FakeSocket> open = new ArrayList<>();
    private final ConnectionRecords records =
            new ConnectionRecords(
                    table,
                    new FakeSocket.Gateway(open),
                    RENEW,
                    new GatewayMeters(new SimpleMeterRegistry()),
                    clock);

    @Test
    void openSocketsHaveARecordAndClosedOnesHaveNone() {
        FakeSocket staying = opened("c-1");
        FakeSocket leaving = opened("c-2");
        records.write();
        assertThat(table.rows).containsOnlyKeys("c-1", "c-2");

        closed(leaving);
        records.write();

        assertThat(table.rows).containsOnlyKeys(staying.connectionId());
    }

    @Test
    void whatHasEndedIsKeptWhetherItWasWrittenAsOpenOrNot() {
        FakeSocket written = opened("c-1");
        records.write();
        closed(written);
        closed(opened("c-2"));

        records.write();

        assertThat(table.rows).isEmpty();
        assertThat(table.ended).containsOnlyKeys("c-1", "c-2");
    }

    @Test
    void anEndIsNotOverwrittenByARenewalThatHasJustSeenTheSocketOpen() {
        FakeSocket socket = opened("c-1");
        records.write();
        records.ended(ended(socket)); // and is still among the open ones

        records.renew();
        records.write();

        assertThat(table.rows).isEmpty();
        assertThat(table.ended).containsOnlyKeys("c-1");
    }

    @Test
    void whileTheStoreIsAwaySoManyEndsWaitAndTheOthersAreNotKept() {
        FakeSocket last = opened("last");
        records.write();
        table.away = true;
        for (int i = 0; i < ConnectionRecords.MAX_ENDS; i++) {
            records.ended(ended(FakeSocket.open("c-" + i, "worker", 1, 2)));
        }
        closed(last);
        records.write();
        assertThat(records.waiting()).isEqualTo(ConnectionRecords.MAX_ENDS + 1);
        table.away = false;

        records.write();

        assertThat(table.rows).isEmpty();
        assertThat(table.ended).hasSize(ConnectionRecords.MAX_ENDS).doesNotContainKey("last");
    }

    @Test
    void whatTheStoreDoesNotTakeIsTriedAgain() {
        FakeSocket closing = opened("c-1");
        opened("c-2");
        table.away = true;
        assertThat(records.write()).isFalse();
        closed(closing);
        table.away = false;

        assertThat(records.write()).isTrue();

        assertThat(table.rows).containsOnlyKeys("c-2");
        assertThat(records.waiting()).isZero();
    }

    @Test
    void aRemovalThatFailedIsNotForgotten() {
        FakeSocket closing = opened("c-1");
        records.write();
        closed(closing);
        table.away = true;
        records.write();
        table.away = false;

        records.write();

        assertThat(table.rows).isEmpty();
    }

    @Test
    void recordsAreWrittenAnewBeforeTheyExpire() {
        opened("c-1");
        records.write();
        table.rows.clear();
        clock.advance(RENEW.plusSeconds(1));

        records.write();

        assertThat(table.rows).containsOnlyKeys("c-1");
    }

    private FakeSocket opened(String id) {
        FakeSocket socket = FakeSocket.open(id, "worker", 1, 2);
        open.add(socket);
        records.opened(AgentConnection.of(socket));
        return socket;
    }

    private void closed(FakeSocket socket) {
        open.remove(socket);
        records.ended(ended(socket));
    }

    private EndedConnection ended(FakeSocket socket) {
        return EndedConnection.closed(
                AgentConnection.of(socket),
                Door.WEBSOCKET,
                "gw-1",
                clock.instant(),
                Ending.of(EndReason.DRAINING));
    }

    /** In memory; takes all or nothing. */
    private static final class Table implements ConnectionTable {
        private final Map<String, AgentConnection> rows = new TreeMap<>();
        private final Map<String, EndedConnection> ended = new TreeMap<>();
        private boolean away;

        @Override
        public List<ConnectionChange> write(List<ConnectionChange> changes) {
            if (away) {
                return changes;
            }
            for (ConnectionChange change : changes) {
                switch (change) {
                    case ConnectionChange.Put(AgentConnection connection) ->
                            rows.put(connection.connectionId(), connection);
                    case ConnectionChange.Remove(AgentConnection connection) ->
                            rows.remove(connection.connectionId());
                    case ConnectionChange.End(EndedConnection end, boolean recorded) -> {
                        String id = end.connection().connectionId();
                        ended.put(id, end);
                        if (recorded) {
                            rows.remove(id);
                        }
                    }
                }
            }
            return List.of();
        }
    }
}
