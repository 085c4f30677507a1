package ai.artcafe.tracker.anomaly;

import static org.assertj.core.api.Assertions.assertThat;

import ai.artcafe.model.anomaly.AnomalyType;
import ai.artcafe.model.anomaly.Dimension;
import ai.artcafe.model.anomaly.Direction;
import ai.artcafe.model.anomaly.Severity;
import ai.artcafe.model.flow.FlowSpan;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.tracker.Settings;
import ai.artcafe.tracker.anomaly.SyntheticTenant.Shape;
import ai.artcafe.tracker.anomaly.SyntheticTenant.Weather;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Something goes wrong on the fourth day, at 10:17. */
class InjectedAnomaliesTest {

    private static final Instant MONDAY = Instant.parse("2026-11-02T00:00:00Z");
    private static final Instant THEN = Instant.parse("2026-11-05T10:17:00Z");
    private static final int MINUTES = 10;
    private static final AnomalyConfig CONFIG = Settings.of(AnomalyConfig.class);

    /**
     * @param minute in which it was found, 1 is the first
     */
    private record Found(int minute, Judgement judgement) {

        Deviation deviation() {
            return judgement.deviations().getFirst();
        }
    }

    @Test
    void a_burst_of_twelve_times_as_many_messages_is_found_in_its_first_minute() {
        Found found = find(Shape.MIDDLING, weather -> weather.rate(12));

        assertThat(found.minute()).isEqualTo(1);
        assertThat(found.deviation().dimension()).isEqualTo(Dimension.RATE);
        assertThat(found.deviation().direction()).isEqualTo(Direction.ABOVE);
        assertThat(found.deviation().severity()).isGreaterThanOrEqualTo(Severity.HIGH);
        assertThat(found.deviation().expected().high()).isLessThan(found.deviation().observed());
        assertThat(found.judgement().agent()).isPresent();
    }

    @Test
    void messages_that_become_ten_times_as_many_as_in_that_hour_are_what_the_rule_is_about() {
        Found found = find(Shape.BUSY, weather -> weather.rate(30));

        assertThat(found.deviation().type()).isEqualTo(AnomalyType.MESSAGE_RATE);
        assertThat(found.deviation().explanation()).contains("are usual in this hour");
    }

    @Test
    void traffic_that_stops_is_found_within_two_minutes() {
        for (Shape shape : new Shape[] {Shape.BUSY, Shape.MIDDLING, Shape.HOURLY}) {
            Found found = find(shape, weather -> weather.rate(0).agents(0).entropy(0));

            assertThat(found.minute()).isLessThanOrEqualTo(2);
            assertThat(found.deviation().direction()).isEqualTo(Direction.BELOW);
        }
    }

    @Test
    void a_burst_of_errors_is_found_in_its_first_minute() {
        Found found = find(Shape.MIDDLING, weather -> weather.errorRate(0.3));

        assertThat(found.minute()).isEqualTo(1);
        assertThat(found.deviation().type()).isEqualTo(AnomalyType.ERROR_RATE);
        assertThat(found.deviation().observed()).isBetween(0.25, 0.35);
        assertThat(found.deviation().expected().high()).isEqualTo(0.1);
    }

    @Test
    void a_flood_of_new_subjects_is_found_in_its_first_minute() {
        Found found = find(Shape.MIDDLING, weather -> weather.newSubjects(300));

        assertThat(found.minute()).isEqualTo(1);
        assertThat(found.deviation().type()).isEqualTo(AnomalyType.NEW_SUBJECTS);
        assertThat(found.deviation().observed()).isGreaterThan(0.2);
    }

    @Test
    void failed_log_ins_by_the_dozen_are_found_in_their_first_minute() {
        Found found = find(Shape.SMALL, weather -> weather.authFailures(40));

        assertThat(found.minute()).isEqualTo(1);
        assertThat(found.deviation().type()).isEqualTo(AnomalyType.AUTH_FAILURES);
    }

    @Test
    void messages_that_become_ten_times_as_large_are_found_in_their_first_minute() {
        Found found = find(Shape.MIDDLING, weather -> weather.bytesEach(10));

        assertThat(found.minute()).isEqualTo(1);
        assertThat(found.deviation().dimension()).isEqualTo(Dimension.BYTES);
    }

    @Test
    void four_times_as_many_agents_are_found_within_two_minutes() {
        Found found = find(Shape.MIDDLING, weather -> weather.agents(4));

        assertThat(found.minute()).isLessThanOrEqualTo(2);
        assertThat(found.deviation().dimension()).isEqualTo(Dimension.ACTIVE_AGENTS);
    }

    @Test
    void traffic_that_gathers_on_one_subject_is_found_within_two_minutes() {
        Found found = find(Shape.MIDDLING, weather -> weather.entropy(0.5));

        assertThat(found.minute()).isLessThanOrEqualTo(2);
        assertThat(found.deviation().dimension()).isEqualTo(Dimension.SUBJECT_ENTROPY);
    }

    @Test
    void a_change_that_is_below_notice_is_not_found() {
        SyntheticTenant tenant = new SyntheticTenant(new Shape(5, 0.5, 1, 0.1, 2, 1), 3);

        assertThat(first(tenant, weather -> weather.rate(15))).isEmpty();
    }

    /** A fifth more every hour: it takes a while until that is more than a day's rhythm. */
    @Test
    void a_slow_drift_is_found_within_seven_hours() {
        SyntheticTenant tenant = new SyntheticTenant(Shape.MIDDLING, 5);
        TenantModel model = new TenantModel(new TenantId("acme"), CONFIG);
        Instant begin = MONDAY.plus(Duration.ofDays(10));
        Optional<Instant> found = Optional.empty();
        for (Instant at = MONDAY;
                at.isBefore(begin.plus(Duration.ofDays(1))) && found.isEmpty();
                at = FlowSpan.MINUTE.end(at)) {
            double hours = Math.max(0, Duration.between(begin, at).toMinutes() / 60.0);
            Judgement judged =
                    model.judge(tenant.minute(at, weather -> weather.rate(1 + 0.2 * hours)))
                            .orElseThrow();
            if (hours > 0 && !judged.deviations().isEmpty()) {
                found = Optional.of(at);
                assertThat(judged.deviations().getFirst().type()).isEqualTo(AnomalyType.RATE_DRIFT);
            }
        }

        assertThat(found)
                .hasValueSatisfying(at -> assertThat(at).isBefore(begin.plus(Duration.ofHours(7))));
    }

    private static Found find(Shape shape, UnaryOperator<Weather> what) {
        return first(new SyntheticTenant(shape, 11), what).orElseThrow();
    }

    private static Optional<Found> first(SyntheticTenant tenant, UnaryOperator<Weather> what) {
        TenantModel model = new TenantModel(new TenantId("acme"), CONFIG);
        for (Instant at = MONDAY; at.isBefore(THEN); at = FlowSpan.MINUTE.end(at)) {
            model.judge(tenant.usual(at));
        }
        Instant at = THEN;
        for (int minute = 1; minute <= MINUTES; minute++, at = FlowSpan.MINUTE.end(at)) {
            Judgement judgement = model.judge(tenant.minute(at, what)).orElseThrow();
            if (!judgement.deviations().isEmpty()) {
                return Optional.of(new Found(minute, judgement));
            }
        }
        return Optional.empty();
    }
}
