package ai.artcafe.tracker.flow;

import static org.assertj.core.api.Assertions.assertThat;

import ai.artcafe.model.flow.FlowSpan;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.plan.Tier;
import ai.artcafe.runtime.testing.TestClock;
import ai.artcafe.tracker.NoLease;
import ai.artcafe.tracker.Settings;
import ai.artcafe.tracker.ledger.Lease;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class FlowRollupTest {

    private static final Instant MINUTE = Instant.parse("2026-11-20T10:05:00Z");

    private final RollupInMemory stores = new RollupInMemory();
    private final TestClock clock = new TestClock(MINUTE.plusSeconds(66));
    private final List<FlowMinute> told = new CopyOnWriteArrayList<>();

    @Test
    void listenersAreToldOnceOfEveryTenantsMinuteWhileTheArchiveIsAway() {
        for (int tenant = 0; tenant < 40; tenant++) {
            share("t-" + tenant);
        }
        FlowRollup rollup = rollup(new NoLease());
        stores.archiveIsAway(true);

        for (int round = 0; round < 5; round++) {
            rollup.run();
            clock.advance(Duration.ofSeconds(1));
        }

        assertThat(told).hasSize(40);
        assertThat(stores.written()).isEmpty();

        stores.archiveIsAway(false);
        rollup.run();

        assertThat(told).hasSize(40);
        assertThat(stores.written()).hasSize(40);
    }

    @Test
    void theLagIsThatOfTheMostOverdueSpan() {
        share("acme");
        clock.set(MINUTE.plusSeconds(95));
        FlowRollup rollup = rollup(new NoLease());

        rollup.run();

        assertThat(rollup.counts().lagSeconds()).isEqualTo(30);
        assertThat(rollup.counts().doneOf(FlowSpan.MINUTE)).isEqualTo(1);
    }

    @Test
    void withoutTheLeaseNothingIsDone() {
        share("acme");
        FlowRollup rollup =
                rollup(
                        new Lease() {
                            @Override
                            public boolean holds() {
                                return false;
                            }

                            @Override
                            public void release() {
                                throw new AssertionError("was never held");
                            }
                        });

        assertThat(rollup.run()).isZero();

        assertThat(told).isEmpty();
        assertThat(rollup.counts().lagSeconds()).isNaN();
    }

    private void share(String tenant) {
        DueSpan minute = new DueSpan(new TenantId(tenant), FlowSpan.MINUTE, MINUTE);
        stores.share("one", minute, Flows.of("s", 1));
        stores.add(minute, minute.due());
    }

    private FlowRollup rollup(Lease lease) {
        return new FlowRollup(
                stores,
                stores,
                stores,
                new TapRecord(stores, stores, clock),
                _ -> Optional.of(Tier.ENTERPRISE),
                List.of(told::add),
                lease,
                Settings.of(FlowRollupConfig.class),
                clock);
    }
}
