package ai.artcafe.tracker.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import ai.artcafe.model.identity.Slot;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.usage.Traffic;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The tap counts a slot for as long as it runs; tenants come and go. */
class TapReportTest {

    private static final Slot SLOT = Slot.number(1);
    private static final TenantId OLD = new TenantId("old");
    private static final TenantId NEW = new TenantId("new");
    private static final Clock NOW =
            Clock.fixed(Instant.parse("2026-11-21T12:00:00Z"), ZoneOffset.UTC);

    private final Map<Slot, TenantId> owners = new HashMap<>();
    private final Map<TenantId, Traffic> told = new HashMap<>();
    private Traffic counted = Traffic.NONE;
    private final TapReport report =
            new TapReport(
                    () -> {
                        throw new AssertionError("not asked");
                    },
                    _ -> counted,
                    () -> Map.copyOf(owners),
                    new Told(told),
                    NOW);

    @Test
    void whatCameBeforeItsTenantWasKnownIsTheTenants() {
        counted = new Traffic(3, 300);
        report.tell();
        owners.put(SLOT, NEW);
        report.tell();

        assertThat(told).containsEntry(NEW, new Traffic(3, 300));
    }

    @Test
    void whatADeletedTenantSentIsNotTheNextOnes() {
        owners.put(SLOT, OLD);
        counted = new Traffic(100, 10_000);
        report.tell();
        owners.remove(SLOT);
        report.tell();
        counted = new Traffic(101, 10_100);
        report.tell();

        owners.put(SLOT, NEW);
        report.tell();
        assertThat(told)
                .as("of what came while it was nobody's, too")
                .containsEntry(NEW, new Traffic(1, 100));

        counted = new Traffic(105, 10_500);
        report.tell();
        assertThat(told)
                .containsEntry(NEW, new Traffic(5, 500))
                .containsEntry(OLD, new Traffic(100, 10_000));
    }

    /** What was told last. */
    private record Told(Map<TenantId, Traffic> told) implements TapCounts {

        @Override
        public void tell(String tracker, Map<TenantId, Traffic> counted, Instant at) {
            told.putAll(counted);
        }

        @Override
        public Map<TenantId, Traffic> seen(Collection<TenantId> tenants) {
            return told;
        }
    }
}
