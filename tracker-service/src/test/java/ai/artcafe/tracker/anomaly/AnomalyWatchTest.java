package ai.artcafe.tracker.anomaly;

import static ai.artcafe.tracker.anomaly.WatchStage.TENANT;
import static org.assertj.core.api.Assertions.assertThat;

import ai.artcafe.model.anomaly.Anomaly;
import ai.artcafe.model.anomaly.AnomalyAlert;
import ai.artcafe.model.anomaly.AnomalyType;
import ai.artcafe.model.anomaly.Direction;
import ai.artcafe.model.anomaly.WarmUp;
import ai.artcafe.model.flow.FlowSpan;
import ai.artcafe.model.plan.Tier;
import ai.artcafe.tracker.anomaly.SyntheticTenant.Shape;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AnomalyWatchTest {

    private static final Instant BEGIN = Instant.parse("2026-11-02T00:00:00Z");

    private final WatchStage stage = new WatchStage(BEGIN, Map.of());
    private final SyntheticTenant tenant = new SyntheticTenant(Shape.MIDDLING, 21);
    private Instant at = BEGIN;

    @Test
    void tells_of_what_begins_and_ends_and_keeps_it() {
        ordinary(2);
        stage.told(next(true));
        assertThat(stage.alerts)
                .singleElement()
                .satisfies(alert -> {
                    assertThat(alert.event()).isEqualTo(AnomalyAlert.Event.BEGAN);
                    assertThat(alert.anomaly().type()).isEqualTo(AnomalyType.ERROR_RATE);
                    assertThat(alert.anomaly().clientId()).isPresent();
                });
        assertThat(stage.stored.values()).containsExactly(stage.alerts.getFirst().anomaly());
        assertThat(stage.board.get(TENANT).openCount()).isOne();

        ordinary(5);

        assertThat(stage.alerts).hasSize(2);
        assertThat(stage.alerts.getLast().event()).isEqualTo(AnomalyAlert.Event.ENDED);
        Anomaly ended = stage.stored.values().iterator().next();
        assertThat(ended.endedAt()).hasValue(at.minus(Duration.ofMinutes(5)));
        assertThat(stage.stored).hasSize(1);
        assertThat(stage.board.get(TENANT).open()).isEmpty();
    }

    @Test
    void a_minute_that_is_told_twice_counts_once() {
        ordinary(2);
        Minute bad = next(true);
        stage.told(bad);
        stage.told(bad);

        assertThat(stage.alerts).hasSize(1);
    }

    @Test
    void shows_honestly_how_far_each_detector_has_come() {
        ordinary(10);

        List<WarmUp> detectors = stage.board.get(TENANT).detectors();
        assertThat(detectors).hasSize(6);
        assertThat(detectors)
                .filteredOn(WarmUp::ready)
                .extracting(WarmUp::type)
                .containsExactlyInAnyOrder(AnomalyType.ERROR_RATE, AnomalyType.AUTH_FAILURES);
        assertThat(detectors)
                .filteredOn(warmUp -> warmUp.type() == AnomalyType.PATTERN)
                .singleElement()
                .satisfies(forest -> {
                    assertThat(forest.knownMinutes()).isEqualTo(10);
                    assertThat(forest.neededMinutes()).isEqualTo(360);
                });
    }

    @Test
    void does_not_look_at_tenants_whose_tier_does_not_show_it() {
        stage.told(next(true), Tier.PROFESSIONAL);

        assertThat(stage.alerts).isEmpty();
        assertThat(stage.watch().tenants()).isZero();
    }

    @Test
    void ends_what_is_open_when_the_tenant_leaves_the_tier() {
        stage.told(next(true));
        stage.told(next(false), Tier.PROFESSIONAL);

        assertThat(stage.alerts.getLast().event()).isEqualTo(AnomalyAlert.Event.ENDED);
        assertThat(stage.watch().tenants()).isZero();
        assertThat(stage.board).isEmpty();
    }

    @Test
    void finds_that_traffic_has_stopped_though_nothing_is_told_of_silent_minutes() {
        learned(Duration.ofHours(30));
        ordinary(5);
        for (int minute = 0; minute < 3; minute++) {
            stage.silence();
        }

        assertThat(stage.alerts).isNotEmpty();
        assertThat(stage.alerts.getFirst().anomaly().direction()).hasValue(Direction.BELOW);
    }

    @Test
    void does_not_take_it_for_silence_when_no_tap_listens() {
        learned(Duration.ofHours(30));
        ordinary(5);
        stage.listening = false;
        for (int minute = 0; minute < 30; minute++) {
            stage.silence();
        }

        assertThat(stage.alerts).isEmpty();
        assertThat(stage.watch().counts().lostMinutes()).isPositive();
    }

    @Test
    void takes_over_what_another_tracker_had_begun() {
        ordinary(3);
        stage.told(next(true));
        stage.changeTrackers();
        stage.told(next(true));
        assertThat(stage.alerts).hasSize(1);
        assertThat(stage.board.get(TENANT).openCount()).isOne();

        ordinary(6);

        assertThat(stage.alerts)
                .extracting(AnomalyAlert::event)
                .containsExactly(AnomalyAlert.Event.BEGAN, AnomalyAlert.Event.ENDED);
        assertThat(stage.stored).hasSize(1);
    }

    @Test
    void says_the_same_after_a_change_of_trackers_as_one_that_was_there_all_the_time() {
        WatchStage lasting = new WatchStage(BEGIN, Map.of());
        WatchStage changing = new WatchStage(BEGIN, Map.of());
        List<Minute> minutes = threeDaysWithBursts();
        for (int i = 0; i < minutes.size(); i++) {
            if (i % 700 == 699) {
                changing.changeTrackers();
            }
            lasting.told(minutes.get(i));
            changing.told(minutes.get(i));
        }

        assertThat(lasting.stored.values())
                .extracting(Anomaly::startedAt)
                .hasSizeGreaterThanOrEqualTo(5);
        assertThat(kinds(changing)).isEqualTo(kinds(lasting));
    }

    private static List<String> kinds(WatchStage stage) {
        return stage.stored.values().stream()
                .map(anomaly -> anomaly.type() + " " + anomaly.startedAt())
                .sorted()
                .toList();
    }

    private List<Minute> threeDaysWithBursts() {
        SyntheticTenant busy = new SyntheticTenant(Shape.BUSY, 8);
        List<Minute> minutes = new ArrayList<>();
        for (int i = 0; i < 3 * 1440; i++) {
            int since = i % 777;
            Instant start = BEGIN.plus(Duration.ofMinutes(i));
            minutes.add(
                    since < 3 && i > 777
                            ? busy.minute(start, weather -> weather.rate(30))
                            : busy.usual(start));
        }
        return minutes;
    }

    @Test
    void has_minutes_wait_while_their_models_past_cannot_be_read() {
        stage.historyAway = true;
        stage.told(next(true));
        ordinary(2);
        assertThat(stage.alerts).isEmpty();
        assertThat(stage.watch().unbuilt()).isOne();

        stage.historyAway = false;
        stage.watch().tend();

        assertThat(stage.alerts).hasSize(1);
        assertThat(stage.watch().unbuilt()).isZero();
    }

    @Test
    void tells_at_once_and_writes_later_when_the_store_is_away() {
        ordinary(2);
        stage.storeAway = true;
        stage.told(next(true));
        assertThat(stage.alerts).hasSize(1);
        assertThat(stage.watch().unwritten()).isOne();

        stage.storeAway = false;
        stage.watch().tend();

        assertThat(stage.stored).hasSize(1);
        assertThat(stage.watch().unwritten()).isZero();
    }

    @Test
    void gives_its_models_up_when_another_tracker_leads() {
        ordinary(2);
        stage.leading = false;
        stage.clock.advance(Duration.ofSeconds(10));
        stage.watch().tend();
        assertThat(stage.watch().tenants()).isOne();

        stage.clock.advance(Duration.ofMinutes(1));
        stage.watch().tend();

        assertThat(stage.watch().tenants()).isZero();
    }

    @Test
    void forgets_a_tenant_that_was_silent_for_a_day() {
        ordinary(2);
        for (int minute = 0; minute < 1445; minute++) {
            stage.silence();
        }

        assertThat(stage.watch().tenants()).isZero();
    }

    @Test
    void watches_no_more_tenants_than_there_is_room_for() {
        WatchStage full = new WatchStage(BEGIN, Map.of("artcafe.anomaly.max-tenants", "0"));
        full.told(next(true));

        assertThat(full.watch().tenants()).isZero();
        assertThat(full.watch().counts().refusedTenants()).isOne();
    }

    /** Minutes long past, of which this tracker was not told. */
    private void learned(Duration time) {
        Instant end = at.plus(time);
        for (; at.isBefore(end); at = FlowSpan.MINUTE.end(at)) {
            stage.rolledUp(tenant.usual(at));
        }
        stage.clock.set(at);
    }

    private void ordinary(int count) {
        for (int i = 0; i < count; i++) {
            stage.told(next(false));
        }
    }

    private Minute next(boolean failing) {
        Minute minute =
                failing ? tenant.minute(at, weather -> weather.errorRate(0.6)) : tenant.usual(at);
        at = FlowSpan.MINUTE.end(at);
        return minute;
    }
}
