package ai.artcafe.tracker.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import ai.artcafe.model.forecast.Estimate;
import ai.artcafe.model.forecast.Forecast;
import ai.artcafe.model.forecast.Projection;
import ai.artcafe.model.plan.Plan;
import ai.artcafe.model.plan.PlanLimits;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

class ForecasterTest {

    private static final Instant NOW = Instant.parse("2026-11-21T10:20:00Z");
    private static final Instant THIS_HOUR = NOW.truncatedTo(ChronoUnit.HOURS);
    private static final PlanLimits UNLIMITED = Plan.ENTERPRISE.limits();

    private final Forecaster forecaster = new Forecaster(72);

    @Test
    void forecasts_a_day_and_a_week_that_repeat_themselves_better_than_the_day_before_does() {
        Projection projection = forecast(booked(800, ForecasterTest::weekly)).projection().get();

        assertThat(projection.backTest().hours()).isEqualTo(168);
        assertThat(projection.backTest().betterThanNaive()).isTrue();
        assertThat(projection.backTest().smape())
                .isLessThan(0.1)
                .isLessThan(projection.backTest().naiveSmape() / 2);
        assertThat(projection.backTest().coverage()).isBetween(0.7, 1.0);
        assertThat(projection.hours()).hasSize(24);
        assertThat(projection.hours().getFirst().start())
                .isEqualTo(THIS_HOUR.plus(1, ChronoUnit.HOURS));
        double expected = 0;
        for (int hour = 1; hour <= 24; hour++) {
            expected += weekly(THIS_HOUR.plus(hour, ChronoUnit.HOURS).atZone(ZoneOffset.UTC));
        }
        assertThat((double) projection.next24h().messages())
                .isBetween(expected * 0.9, expected * 1.1);
    }

    @Test
    void adds_what_is_to_come_in_the_month_to_what_is_booked() {
        SortedMap<Instant, Long> booked = booked(800, _ -> 5_000);
        Projection projection = forecast(booked).projection().get();

        assertThat(projection.period().from()).isEqualTo(Instant.parse("2026-11-01T00:00:00Z"));
        assertThat(projection.period().to()).isEqualTo(Instant.parse("2026-12-01T00:00:00Z"));
        assertThat(projection.period().soFar())
                .isEqualTo(
                        booked.tailMap(projection.period().from()).values().stream()
                                .mapToLong(Long::longValue)
                                .sum());
        long rest = projection.period().published().messages() - projection.period().soFar();
        // 229 whole hours, and 40 minutes of this one
        assertThat((double) rest).isBetween(229.6 * 5_000 * 0.98, 229.7 * 5_000 * 1.02);
    }

    @Test
    void says_how_far_it_is_as_long_as_there_is_too_little_history() {
        Forecast forecast = forecast(booked(50, _ -> 5_000));

        assertThat(forecast.projection()).isEmpty();
        assertThat(forecast.historyHours()).isEqualTo(49);
        assertThat(forecast.neededHours()).isEqualTo(72);
        assertThat(forecast(new TreeMap<>()).historyHours()).isZero();
    }

    @Test
    void a_tenant_that_always_publishes_the_same_will_and_nothing_beats_saying_so() {
        Projection projection = forecast(exactly(400, 5_000)).projection().get();

        assertThat(projection.next24h()).isEqualTo(new Estimate(120_000, 120_000, 120_000));
        assertThat(projection.backTest().smape()).isZero();
        assertThat(projection.backTest().betterThanNaive()).isFalse();
    }

    @Test
    void a_tenant_that_publishes_nothing_will_go_on_so() {
        Projection projection = forecast(exactly(400, 0)).projection().get();

        assertThat(projection.next24h()).isEqualTo(new Estimate(0, 0, 0));
    }

    @Test
    void says_when_it_is_no_better_than_repeating_the_day_before() {
        Projection projection =
                forecast(booked(74, time -> 10_000 * (1.2 + Math.sin(time.getHour() / 3.82))))
                        .projection()
                        .get();

        assertThat(projection.backTest().betterThanNaive())
                .isEqualTo(projection.backTest().smape() < projection.backTest().naiveSmape());
        assertThat(projection.backTest().hours()).isEqualTo(24);
    }

    @Test
    void names_the_hour_in_which_the_daily_quota_will_be_used_up() {
        PlanLimits limits = quota(90_000);
        Projection projection =
                forecaster
                        .of(exactly(400, 5_000), Set.of(), limits, NOW)
                        .projection()
                        .orElseThrow();

        // ten hours and the 5,000 of this one are booked; 7 more hours and a part
        assertThat(projection.quota())
                .hasValueSatisfying(quota -> {
                    assertThat(quota.messagesPerDay()).isEqualTo(90_000);
                    assertThat(quota.reachedOn()).hasValue(Instant.parse("2026-11-21T17:00:00Z"));
                    assertThat(quota.reachedOnAtEarliest().orElseThrow())
                            .isBeforeOrEqualTo(quota.reachedOn().orElseThrow());
                });
    }

    @Test
    void a_quota_that_is_not_reached_has_no_time_and_no_quota_is_none() {
        assertThat(
                        forecaster
                                .of(exactly(400, 5_000), Set.of(), quota(10_000_000), NOW)
                                .projection()
                                .orElseThrow()
                                .quota()
                                .orElseThrow()
                                .reachedOn())
                .isEmpty();
        assertThat(forecast(exactly(400, 5_000)).projection().orElseThrow().quota()).isEmpty();
    }

    @Test
    void an_hour_that_was_missed_is_taken_to_have_been_like_the_day_before() {
        SortedMap<Instant, Long> booked = exactly(100, 5_000);
        Instant missed = THIS_HOUR.minus(5, ChronoUnit.HOURS);
        booked.put(missed, 3L);

        HourlySeries series = HourlySeries.of(booked.headMap(THIS_HOUR), Set.of(missed), THIS_HOUR);

        assertThat(series.messages()).hasSize(99).containsOnly(5_000);
    }

    @Test
    void an_hour_of_which_nothing_is_booked_was_silent() {
        SortedMap<Instant, Long> booked = exactly(100, 5_000);
        booked.remove(THIS_HOUR.minus(5, ChronoUnit.HOURS));

        HourlySeries series = HourlySeries.of(booked.headMap(THIS_HOUR), Set.of(), THIS_HOUR);

        assertThat(series.messages()[series.hours() - 5]).isZero();
    }

    private Forecast forecast(SortedMap<Instant, Long> booked) {
        return forecaster.of(booked, Set.of(), UNLIMITED, NOW);
    }

    private static PlanLimits quota(long messagesPerDay) {
        return new PlanLimits(1, 1, 1, 1, messagesPerDay, 1);
    }

    private static double weekly(ZonedDateTime time) {
        double day = 10_000 * (1.2 + Math.sin((time.getHour() - 9) / 24.0 * 2 * Math.PI));
        return time.getDayOfWeek().getValue() > 5 ? day * 0.4 : day;
    }

    private static SortedMap<Instant, Long> booked(
            int hours, ToDoubleFunction<ZonedDateTime> mean) {
        Random random = new Random(7);
        SortedMap<Instant, Long> booked = new TreeMap<>();
        for (int back = hours; back >= 0; back--) {
            Instant at = THIS_HOUR.minus(back, ChronoUnit.HOURS);
            double noise = Math.exp(random.nextGaussian() * 0.08);
            booked.put(at, Math.round(mean.applyAsDouble(at.atZone(ZoneOffset.UTC)) * noise));
        }
        return booked;
    }

    private static SortedMap<Instant, Long> exactly(int hours, long messages) {
        SortedMap<Instant, Long> booked = new TreeMap<>();
        for (int back = hours; back >= 0; back--) {
            booked.put(THIS_HOUR.minus(back, ChronoUnit.HOURS), messages);
        }
        return booked;
    }
}
