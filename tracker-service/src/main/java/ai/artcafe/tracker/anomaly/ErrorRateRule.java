package ai.artcafe.tracker.anomaly;

import ai.artcafe.model.anomaly.AnomalyType;
import ai.artcafe.model.anomaly.Band;
import ai.artcafe.model.anomaly.Dimension;
import ai.artcafe.model.anomaly.Direction;
import ai.artcafe.model.anomaly.Severity;
import ai.artcafe.model.anomaly.WarmUp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Optional;

/**
 * Too large a share of failures, in the last minute or in as many of the last five as it takes to
 * have enough attempts.
 */
final class ErrorRateRule implements Detector {

    private static final Duration WINDOW = Duration.ofMinutes(5);
    private static final double HIGH = 0.25;
    private static final double CRITICAL = 0.5;

    private final AnomalyConfig config;
    private final Deque<Minute> last = new ArrayDeque<>();

    ErrorRateRule(AnomalyConfig config) {
        this.config = config;
    }

    @Override
    public Optional<Deviation> judge(Minute minute) {
        last.addLast(minute);
        Instant from = minute.end().minus(WINDOW);
        while (last.getFirst().start().isBefore(from)) {
            last.removeFirst();
        }
        if (minute.errors() == 0) {
            return Optional.empty();
        }
        long errors = 0;
        long attempts = 0;
        Iterator<Minute> newestFirst = last.descendingIterator();
        while (newestFirst.hasNext() && attempts < config.minAttempts()) {
            Minute each = newestFirst.next();
            errors += each.errors();
            attempts += each.attempts();
        }
        return attempts < config.minAttempts() || errors < config.minErrors()
                ? Optional.empty()
                : deviation(errors, attempts);
    }

    private Optional<Deviation> deviation(long errors, long attempts) {
        double rate = (double) errors / attempts;
        if (rate <= config.errorRate()) {
            return Optional.empty();
        }
        return Optional.of(
                new Deviation(
                        AnomalyType.ERROR_RATE,
                        Dimension.ERROR_RATE,
                        Direction.ABOVE,
                        severity(rate),
                        rate,
                        new Band(0, config.errorRate()),
                        "%d of %d attempts failed, %.0f %%"
                                .formatted(errors, attempts, rate * 100)));
    }

    private static Severity severity(double rate) {
        if (rate > CRITICAL) {
            return Severity.CRITICAL;
        }
        return rate > HIGH ? Severity.HIGH : Severity.MEDIUM;
    }

    /** It knows what it looks for from the first minute on. */
    @Override
    public WarmUp warmUp() {
        return new WarmUp(AnomalyType.ERROR_RATE, 0, 0);
    }
}
