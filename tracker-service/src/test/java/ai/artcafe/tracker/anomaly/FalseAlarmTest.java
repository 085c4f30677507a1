package ai.artcafe.tracker.anomaly;

import static org.assertj.core.api.Assertions.assertThat;

import ai.artcafe.model.flow.FlowSpan;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.tracker.Settings;
import ai.artcafe.tracker.anomaly.SyntheticTenant.Shape;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Two weeks in which nothing is wrong: a day's rhythm, weekends, noise. */
class FalseAlarmTest {

    private static final Instant MONDAY = Instant.parse("2026-11-02T00:00:00Z");
    private static final int DAYS = 14;
    private static final AnomalyConfig CONFIG = Settings.of(AnomalyConfig.class);

    /** A weekend begins at once at midnight, with half the traffic: that may be said each time. */
    @Test
    void are_fewer_than_one_in_two_days_for_any_tenant_and_than_one_in_five_on_the_whole() {
        Map<String, Integer> alarms = new TreeMap<>();
        Map.of(
                        "busy", Shape.BUSY,
                        "middling", Shape.MIDDLING,
                        "small", Shape.SMALL,
                        "noisy", Shape.NOISY,
                        "with a job every hour", Shape.HOURLY)
                .forEach((name, shape) -> alarms.put(name, alarms(shape, 1)));

        assertThat(alarms.values())
                .as("%s", alarms)
                .allSatisfy(count -> assertThat(count).isLessThanOrEqualTo(DAYS / 2));
        assertThat(alarms.values().stream().mapToInt(Integer::intValue).sum())
                .as("%s", alarms)
                .isLessThan(alarms.size() * DAYS / 5);
    }

    private static int alarms(Shape shape, long seed) {
        SyntheticTenant tenant = new SyntheticTenant(shape, seed);
        TenantModel model = new TenantModel(new TenantId("acme-" + seed), CONFIG);
        AnomalyLog log = new AnomalyLog(new TenantId("acme-" + seed), Duration.ofMinutes(5));
        int alarms = 0;
        Instant end = MONDAY.plus(Duration.ofDays(DAYS));
        for (Instant at = MONDAY; at.isBefore(end); at = FlowSpan.MINUTE.end(at)) {
            alarms +=
                    (int)
                            log.take(model.judge(tenant.usual(at)).orElseThrow()).stream()
                                    .filter(AnomalyLog.Change.Began.class::isInstance)
                                    .count();
        }
        return alarms;
    }
}
