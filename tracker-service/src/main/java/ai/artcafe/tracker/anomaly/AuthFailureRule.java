package ai.artcafe.tracker.anomaly;

import ai.artcafe.model.anomaly.AnomalyType;
import ai.artcafe.model.anomaly.Band;
import ai.artcafe.model.anomaly.Dimension;
import ai.artcafe.model.anomaly.Direction;
import ai.artcafe.model.anomaly.Severity;
import ai.artcafe.model.anomaly.WarmUp;
import java.util.Optional;

/** Far more failed log-ins in a minute than have become usual, if there are many at all. */
final class AuthFailureRule implements Detector {

    /** How many times as many as usual. */
    private static final double FACTOR = 5;

    /** How many times the limit is high. */
    private static final double HIGH = 5;

    /** How much of what is usual a minute makes up: half of it is from the last eleven hours. */
    private static final double WEIGHT = 0.001;

    private final AnomalyConfig config;
    private double usual;

    AuthFailureRule(AnomalyConfig config) {
        this.config = config;
    }

    @Override
    public Optional<Deviation> judge(Minute minute) {
        double limit = Math.max(config.authFailures(), usual * FACTOR);
        long failures = minute.authFailures();
        usual += WEIGHT * (failures - usual);
        if (failures < limit) {
            return Optional.empty();
        }
        return Optional.of(
                new Deviation(
                        AnomalyType.AUTH_FAILURES,
                        Dimension.AUTH_FAILURES,
                        Direction.ABOVE,
                        failures >= limit * HIGH ? Severity.HIGH : Severity.MEDIUM,
                        failures,
                        new Band(0, limit),
                        "%d attempts in a minute to be let in as one of the agents failed"
                                .formatted(failures)));
    }

    /** It knows what it looks for from the first minute on. */
    @Override
    public WarmUp warmUp() {
        return new WarmUp(AnomalyType.AUTH_FAILURES, 0, 0);
    }
}
