package ai.artcafe.tracker.anomaly;

import static org.assertj.core.api.Assertions.assertThat;

import ai.artcafe.model.anomaly.Anomaly;
import ai.artcafe.model.anomaly.AnomalyType;
import ai.artcafe.model.anomaly.Band;
import ai.artcafe.model.anomaly.Dimension;
import ai.artcafe.model.anomaly.Direction;
import ai.artcafe.model.anomaly.Severity;
import ai.artcafe.model.identity.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AnomalyLogTest {

    private static final TenantId TENANT = new TenantId("acme");
    private static final Instant START = Instant.parse("2026-11-21T10:00:00Z");

    private final AnomalyLog log = new AnomalyLog(TENANT, Duration.ofMinutes(5));

    @Test
    void what_goes_on_is_one_anomaly() {
        List<AnomalyLog.Change> first = log.take(bad(0, 0.3));
        List<AnomalyLog.Change> second = log.take(bad(1, 0.3));

        assertThat(first).hasSize(1).first().isInstanceOf(AnomalyLog.Change.Began.class);
        assertThat(second).isEmpty();
        assertThat(log.open())
                .singleElement()
                .satisfies(open -> {
                    assertThat(open.id()).isEqualTo("error-rate-error-rate-202611211000");
                    assertThat(open.startedAt()).isEqualTo(START);
                    assertThat(open.endedAt()).isEmpty();
                    assertThat(open.clientId()).hasToString("Optional[agent-1]");
                    assertThat(open.explanation()).endsWith("agent agent-1 contributed most");
                });
    }

    @Test
    void the_worst_of_it_is_what_is_kept() {
        log.take(bad(0, 0.3));
        List<AnomalyLog.Change> worse = log.take(bad(1, 0.7));
        log.take(bad(2, 0.2));

        assertThat(worse).hasSize(1).first().isInstanceOf(AnomalyLog.Change.Worse.class);
        assertThat(log.open().getFirst().observed()).isEqualTo(0.7);
        assertThat(log.open().getFirst().severity()).isEqualTo(Severity.CRITICAL);
    }

    @Test
    void it_ends_with_its_last_minute_after_five_ordinary_ones() {
        log.take(bad(0, 0.3));
        log.take(bad(1, 0.3));
        for (int minute = 2; minute <= 5; minute++) {
            assertThat(log.take(good(minute))).isEmpty();
        }

        List<AnomalyLog.Change> changes = log.take(good(6));

        assertThat(changes).hasSize(1).first().isInstanceOf(AnomalyLog.Change.Ended.class);
        assertThat(changes.getFirst().anomaly().endedAt()).hasValue(minute(2));
        assertThat(log.open()).isEmpty();
    }

    @Test
    void a_pause_shorter_than_that_does_not_end_it() {
        log.take(bad(0, 0.3));
        for (int minute = 1; minute <= 4; minute++) {
            log.take(good(minute));
        }

        assertThat(log.take(bad(5, 0.3))).isEmpty();
        assertThat(log.open()).hasSize(1);
    }

    @Test
    void what_another_tracker_began_goes_on_here() {
        log.take(bad(0, 0.3));
        Anomaly begun = log.open().getFirst();
        AnomalyLog successor = new AnomalyLog(TENANT, Duration.ofMinutes(5));
        successor.resume(begun, minute(2));

        assertThat(successor.take(bad(2, 0.3))).isEmpty();
        assertThat(successor.open()).containsExactly(begun);
    }

    @Test
    void what_another_tracker_began_and_is_over_ends_here() {
        log.take(bad(0, 0.3));
        AnomalyLog successor = new AnomalyLog(TENANT, Duration.ofMinutes(5));
        successor.resume(log.open().getFirst(), minute(2));

        for (int minute = 2; minute < 6; minute++) {
            assertThat(successor.take(good(minute))).isEmpty();
        }
        assertThat(successor.take(good(6)))
                .singleElement()
                .isInstanceOf(AnomalyLog.Change.Ended.class);
    }

    private static Judgement bad(int minute, double rate) {
        return new Judgement(
                Minute.silent(minute(minute)),
                List.of(
                        new Deviation(
                                AnomalyType.ERROR_RATE,
                                Dimension.ERROR_RATE,
                                Direction.ABOVE,
                                rate > 0.5 ? Severity.CRITICAL : Severity.HIGH,
                                rate,
                                new Band(0, 0.1),
                                "much failed")),
                Optional.of("agent-1"),
                Optional.empty());
    }

    private static Judgement good(int minute) {
        return new Judgement(
                Minute.silent(minute(minute)), List.of(), Optional.empty(), Optional.empty());
    }

    private static Instant minute(int minute) {
        return START.plus(Duration.ofMinutes(minute));
    }
}
