package ai.artcafe.tracker.presence;

import static org.assertj.core.api.Assertions.assertThat;

import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.ConnectionOwner;
import ai.artcafe.model.identity.Slot;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.runtime.testing.TestClock;
import ai.artcafe.tracker.NoLease;
import ai.artcafe.tracker.Settings;
import ai.artcafe.tracker.reading.Suspect;
import ai.artcafe.tracker.reconcile.SlotMap;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EndedConnectionsTest {

    private static final TenantId ACME = new TenantId("acme");
    private static final AgentId A1 = new AgentId("a1");
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

    private final TestClock clock = new TestClock(NOW);
    private final List<Suspect> heard = new ArrayList<>();
    private final Map<String, Long> counted = new HashMap<>();
    private EndedConnections ended;

    @BeforeEach
    void lead() {
        SlotMap slots = new SlotMap(() -> Map.of(Slot.number(1), ACME), clock);
        slots.refresh();
        Presence presence =
                new Presence(
                        new NoPresenceStore(),
                        (_, _, _) -> {},
                        slots,
                        new NoLease(),
                        _ -> Duration.ofDays(1),
                        Settings.of(PresenceConfig.class),
                        clock);
        ended =
                new EndedConnections(
                        from ->
                                heard.stream()
                                        .filter(suspect -> !suspect.at().isBefore(from))
                                        .toList(),
                        presence,
                        (tenant, _, fields) ->
                                fields.forEach((field, count) ->
                                        counted.merge(tenant + " " + field, count, Long::sum)),
                        new NoLease(),
                        clock);
        ended.count();
    }

    @Test
    void each_is_counted_once_for_its_tenant_and_agent() {
        end(1, Slot.number(1), Optional.of(ACME), "Protocol Violation");
        end(2, Slot.number(1), Optional.empty(), "Slow Consumer (Write Deadline)");
        ended.count();
        clock.advance(Duration.ofSeconds(1));
        ended.count();

        assertThat(counted)
                .isEqualTo(Map.of("acme connection_ended", 2L, "acme connection_ended|a1", 1L));
    }

    @Test
    void what_the_server_does_on_its_own_and_what_is_nobodys_is_no_error() {
        end(1, Slot.number(1), Optional.of(ACME), "Server Shutdown");
        end(2, Slot.number(1), Optional.of(ACME), "Kicked");
        end(3, Slot.number(2), Optional.of(ACME), "Protocol Violation");
        end(4, Slot.number(1), Optional.of(new TenantId("other")), "Protocol Violation");
        ended.count();

        assertThat(counted).isEqualTo(Map.of("acme connection_ended", 1L));
    }

    private void end(long cid, Slot slot, Optional<TenantId> tenant, String reason) {
        heard.add(
                new Suspect(
                        "SERVER",
                        cid,
                        Optional.of(slot),
                        tenant.map(id -> new ConnectionOwner.Agent(id, A1)),
                        reason,
                        clock.instant()));
    }
}
