package ai.artcafe.tracker.anomaly;

import ai.artcafe.model.flow.DistinctItems;
import ai.artcafe.model.flow.ErrorSignal;
import ai.artcafe.model.flow.FlowPoint;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.function.UnaryOperator;

/** The minutes of a made-up tenant: a day's rhythm, a week's, noise; the same for the same seed. */
final class SyntheticTenant {

    private final Shape shape;
    private final Random random;

    /**
     * What is usual of it.
     *
     * @param rate messages a minute at the busiest time
     * @param night what part of it is left at night
     * @param weekend the same at weekends
     * @param noise of a minute's logarithm, as a standard deviation
     * @param everyHour how many times as many in the first minute of each hour
     */
    record Shape(
            double rate, double night, double weekend, double noise, int agents, double everyHour) {

        static final Shape BUSY = new Shape(60_000, 0.3, 0.6, 0.05, 200, 1);
        static final Shape MIDDLING = new Shape(3_000, 0.1, 0.5, 0.15, 30, 1);
        static final Shape SMALL = new Shape(100, 0.2, 0.5, 0.3, 5, 1);
        static final Shape NOISY = new Shape(2_000, 0.05, 0.3, 0.5, 20, 1);
        static final Shape HOURLY = new Shape(2_000, 0.3, 0.7, 0.1, 20, 6);
    }

    /**
     * What is to happen in a minute.
     *
     * @param newSubjects how many that were never used before
     */
    record Weather(
            double rate,
            double bytesEach,
            double errorRate,
            double agents,
            double entropy,
            int newSubjects,
            long authFailures) {

        Weather rate(double factor) {
            return new Weather(
                    rate * factor,
                    bytesEach,
                    errorRate,
                    agents,
                    entropy,
                    newSubjects,
                    authFailures);
        }

        Weather errorRate(double share) {
            return new Weather(rate, bytesEach, share, agents, entropy, newSubjects, authFailures);
        }

        Weather bytesEach(double factor) {
            return new Weather(
                    rate,
                    bytesEach * factor,
                    errorRate,
                    agents,
                    entropy,
                    newSubjects,
                    authFailures);
        }

        Weather agents(double factor) {
            return new Weather(
                    rate,
                    bytesEach,
                    errorRate,
                    agents * factor,
                    entropy,
                    newSubjects,
                    authFailures);
        }

        Weather entropy(double bits) {
            return new Weather(rate, bytesEach, errorRate, agents, bits, newSubjects, authFailures);
        }

        Weather newSubjects(int subjects) {
            return new Weather(rate, bytesEach, errorRate, agents, entropy, subjects, authFailures);
        }

        Weather authFailures(long failures) {
            return new Weather(rate, bytesEach, errorRate, agents, entropy, newSubjects, failures);
        }
    }

    SyntheticTenant(Shape shape, long seed) {
        this.shape = shape;
        this.random = new Random(seed);
    }

    Minute usual(Instant at) {
        return minute(at, UnaryOperator.identity());
    }

    Minute minute(Instant at, UnaryOperator<Weather> what) {
        double part = rhythm(at);
        double agents = shape.agents() * Math.min(1, part * 1.5 + 0.2);
        Weather weather = what.apply(new Weather(shape.rate() * part, 300, 0.005, agents, 4, 0, 0));
        long messages = count(weather.rate() * Math.exp(shape.noise() * random.nextGaussian()));
        long active =
                Math.min(
                        messages,
                        Math.round(
                                weather.agents()
                                        + Math.sqrt(weather.agents())
                                                * 0.3
                                                * random.nextGaussian()));
        Map<String, Long> errors = new HashMap<>();
        put(
                errors,
                ErrorSignal.SERVICE_ERROR,
                Math.min(messages, count(messages * weather.errorRate())));
        put(errors, ErrorSignal.AUTH_FAILED, weather.authFailures());
        DistinctItems subjects = new DistinctItems();
        for (int i = 0; messages > 0 && i < 40; i++) {
            subjects.add("usual." + i);
        }
        for (int i = 0; i < weather.newSubjects(); i++) {
            subjects.add("new." + at.getEpochSecond() + "." + i);
        }
        return new Minute(
                new FlowPoint(
                        at,
                        messages,
                        Math.round(
                                messages
                                        * weather.bytesEach()
                                        * Math.exp(0.05 * random.nextGaussian())),
                        0,
                        messages,
                        Math.max(0, active),
                        Math.round(subjects.estimate()),
                        messages == 0
                                ? 0
                                : Math.max(0, weather.entropy() + 0.1 * random.nextGaussian()),
                        errors,
                        OptionalDouble.empty(),
                        OptionalDouble.empty(),
                        OptionalDouble.empty()),
                Optional.of(subjects),
                shares(messages, (int) active),
                List.of(new Share("usual.0", messages)));
    }

    private static List<Share> shares(long messages, int active) {
        List<Share> shares = new ArrayList<>();
        for (int i = 0; i < Math.min(active, Minute.SHARES); i++) {
            shares.add(new Share("agent-" + i, messages / active));
        }
        return shares;
    }

    private static void put(Map<String, Long> errors, ErrorSignal signal, long times) {
        if (times > 0) {
            errors.put(signal.id(), times);
        }
    }

    /** What part of the busiest time's there is. */
    private double rhythm(Instant at) {
        var time = at.atZone(ZoneOffset.UTC);
        double hour = time.getHour() + time.getMinute() / 60.0;
        double day =
                shape.night()
                        + (1 - shape.night())
                                * (0.5 - 0.5 * Math.cos((hour - 3) / 24 * 2 * Math.PI));
        boolean isWeekend = time.getDayOfWeek().getValue() > 5;
        boolean isFullHour = at.equals(at.truncatedTo(ChronoUnit.HOURS));
        return day * (isWeekend ? shape.weekend() : 1) * (isFullHour ? shape.everyHour() : 1);
    }

    /** Poisson, or near enough. */
    private long count(double mean) {
        if (mean > 50) {
            return Math.max(0, Math.round(mean + Math.sqrt(mean) * random.nextGaussian()));
        }
        double limit = Math.exp(-mean);
        long count = 0;
        for (double product = random.nextDouble();
                product > limit;
                product *= random.nextDouble()) {
            count++;
        }
        return count;
    }
}
