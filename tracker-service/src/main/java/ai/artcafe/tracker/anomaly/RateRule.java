package ai.artcafe.tracker.anomaly;

import ai.artcafe.model.anomaly.AnomalyType;
import ai.artcafe.model.anomaly.Band;
import ai.artcafe.model.anomaly.Dimension;
import ai.artcafe.model.anomaly.Direction;
import ai.artcafe.model.anomaly.Severity;
import ai.artcafe.model.anomaly.WarmUp;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/**
 * Many times as many messages as usual: than the median of the same hour on the days before, once
 * three days are known; until then, than the busiest hour of the last day.
 */
final class RateRule implements Detector {

    private static final int DAYS = 3;
    private static final int MINUTES = 60;

    /** How many times the limit is critical. */
    private static final double CRITICAL = 5;

    private final HourlyNormals normals;
    private final AnomalyConfig config;
    private long knownMinutes;

    /**
     * @param normals to which someone else adds each minute after it was judged
     */
    RateRule(HourlyNormals normals, AnomalyConfig config) {
        this.normals = normals;
        this.config = config;
    }

    @Override
    public Optional<Deviation> judge(Minute minute) {
        knownMinutes = known(minute);
        if (!warmUp().ready() || minute.point().messages() < config.minMessages()) {
            return Optional.empty();
        }
        double usual = usual(minute);
        double limit = Math.max(usual * config.rateFactor(), config.minMessages());
        double observed = minute.point().messages();
        if (observed < limit) {
            return Optional.empty();
        }
        return Optional.of(
                new Deviation(
                        AnomalyType.MESSAGE_RATE,
                        Dimension.RATE,
                        Direction.ABOVE,
                        observed >= limit * CRITICAL ? Severity.CRITICAL : Severity.HIGH,
                        observed,
                        new Band(0, limit),
                        "%d messages in a minute, where %.0f are usual in this hour"
                                .formatted(minute.point().messages(), usual)));
    }

    private long known(Minute minute) {
        return normals.knownFrom().isAfter(minute.start())
                ? 0
                : Duration.between(normals.knownFrom(), minute.start()).toMinutes();
    }

    private double usual(Minute minute) {
        double[] sameHour = normals.sameHour(minute.start());
        if (sameHour.length >= DAYS) {
            return HourlyNormals.median(sameHour) / MINUTES;
        }
        return Arrays.stream(normals.lastDay(minute.start())).max().orElse(0) / MINUTES;
    }

    @Override
    public WarmUp warmUp() {
        return new WarmUp(AnomalyType.MESSAGE_RATE, knownMinutes, config.rateWarmUp().toMinutes());
    }
}
