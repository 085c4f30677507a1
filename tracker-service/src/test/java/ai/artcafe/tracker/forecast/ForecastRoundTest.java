package ai.artcafe.tracker.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import ai.artcafe.model.forecast.Forecast;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.plan.Plan;
import ai.artcafe.model.plan.PlanLimits;
import ai.artcafe.runtime.store.StoreAwayException;
import ai.artcafe.runtime.testing.TestClock;
import ai.artcafe.tracker.NoLease;
import ai.artcafe.tracker.Settings;
import ai.artcafe.tracker.ledger.Lease;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ForecastRoundTest {

    private static final Instant NOW = Instant.parse("2026-11-21T10:20:00Z");

    private final TestClock clock = new TestClock(NOW);
    private final Map<TenantId, PlanLimits> tenants = new HashMap<>();
    private final Map<TenantId, Forecast> kept = new HashMap<>();
    private final List<TenantId> made = new ArrayList<>();
    private boolean away;

    private final ForecastRound round = round(new NoLease());

    private ForecastRound round(Lease lease) {
        return new ForecastRound(
                () -> Map.copyOf(tenants),
                new Booked(),
                new Kept(),
                lease,
                Settings.of(ForecastConfig.class),
                clock);
    }

    @Test
    void each_tenant_has_one_in_every_hour_so_many_a_second() {
        tenants(3);
        round.run();
        assertThat(made).hasSize(1);
        round.run();
        round.run();
        round.run();
        assertThat(made).hasSize(3).doesNotHaveDuplicates();

        clock.advance(Duration.ofMinutes(30));
        round.run();
        assertThat(made).hasSize(3);
        clock.set(Instant.parse("2026-11-21T11:03:01Z"));
        for (int second = 0; second < 5; second++) {
            round.run();
        }
        assertThat(made).hasSize(6);
    }

    @Test
    void what_another_tracker_has_made_in_the_hour_is_not_made_again() {
        tenants(2);
        tenants.keySet()
                .forEach(tenant ->
                        kept.put(
                                tenant,
                                new Forecast(NOW.minusSeconds(60), 5, 72, Optional.empty())));
        for (int second = 0; second < 5; second++) {
            round.run();
        }

        assertThat(made).isEmpty();
    }

    @Test
    void a_store_that_is_away_is_waited_for() {
        tenants(1);
        away = true;
        round.run();
        away = false;
        round.run();

        assertThat(made).hasSize(1);
    }

    @Test
    void only_the_tracker_with_the_lease_makes_any() {
        tenants(1);
        ForecastRound other =
                round(
                        new Lease() {
                            @Override
                            public boolean holds() {
                                return false;
                            }

                            @Override
                            public void release() {
                                // nothing to let go
                            }
                        });
        other.run();

        assertThat(made).isEmpty();
    }

    private void tenants(int count) {
        for (int i = 0; i < count; i++) {
            tenants.put(new TenantId("acme-" + i), Plan.ENTERPRISE.limits());
        }
    }

    private final class Booked implements BookedHours {

        @Override
        public SortedMap<Instant, Long> published(TenantId tenant, Instant from, Instant to) {
            if (away) {
                throw new StoreAwayException("dynamodb", new IllegalStateException());
            }
            return new TreeMap<>(Map.of(NOW.minus(Duration.ofHours(3)), 5L, NOW, 6L));
        }

        @Override
        public Set<Instant> missed(TenantId tenant, Instant from, Instant to) {
            return Set.of();
        }
    }

    private final class Kept implements ForecastStore {

        @Override
        public Optional<Instant> madeAt(TenantId tenant) {
            return Optional.ofNullable(kept.get(tenant)).map(Forecast::madeAt);
        }

        @Override
        public void keep(TenantId tenant, Forecast forecast) {
            made.add(tenant);
            kept.put(tenant, forecast);
        }
    }
}
