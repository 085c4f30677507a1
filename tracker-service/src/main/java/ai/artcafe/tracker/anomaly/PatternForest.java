package ai.artcafe.tracker.anomaly;

import ai.artcafe.model.anomaly.AnomalyType;
import ai.artcafe.model.anomaly.Band;
import ai.artcafe.model.anomaly.Direction;
import ai.artcafe.model.anomaly.Severity;
import ai.artcafe.model.anomaly.WarmUp;
import com.amazon.randomcutforest.config.ForestMode;
import com.amazon.randomcutforest.config.TransformMethod;
import com.amazon.randomcutforest.parkservices.AnomalyDescriptor;
import com.amazon.randomcutforest.parkservices.ThresholdedRandomCutForest;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Amazon's Random Cut Forest over a tenant's {@link Feature}s, a few minutes at a time: it knows a
 * minute that does not fit those before it. What it points at has to be well outside of what the
 * last hour had, else it is below notice.
 */
final class PatternForest implements Detector {

    private static final int SHINGLE = 4;
    private static final int TREES = 30;
    private static final int SAMPLES = 256;
    private static final double ANOMALY_RATE = 0.005;

    /** How many times the upper bound is out of the ordinary, or what part of the lower one. */
    private static final double MARGIN = 1.5;

    private static final double HIGH = 3;
    private static final double CRITICAL = 10;

    private final AnomalyConfig config;
    private final ThresholdedRandomCutForest forest;

    /** In the order of the features. */
    private final List<Spread> spreads =
            Stream.of(Feature.values()).map(_ -> new Spread()).toList();

    private long seen;
    private Optional<Feature> lastBlamed = Optional.empty();

    /**
     * @param seed the same for the same verdicts
     */
    PatternForest(AnomalyConfig config, long seed) {
        this.config = config;
        this.forest =
                ThresholdedRandomCutForest.builder()
                        .dimensions(Feature.values().length * SHINGLE)
                        .shingleSize(SHINGLE)
                        .numberOfTrees(TREES)
                        .sampleSize(SAMPLES)
                        .randomSeed(seed)
                        .forestMode(ForestMode.STANDARD)
                        .transformMethod(TransformMethod.NORMALIZE)
                        .anomalyRate(ANOMALY_RATE)
                        .build();
    }

    /** From now on it takes a sixth of the memory, and four times as long for a minute. */
    void compact() {
        forest.getForest().setBoundingBoxCacheFraction(0);
    }

    @Override
    public Optional<Deviation> judge(Minute minute) {
        AnomalyDescriptor said =
                forest.process(
                        Stream.of(Feature.values())
                                .mapToDouble(feature -> feature.scaled(minute))
                                .toArray(),
                        minute.start().getEpochSecond());
        seen++;
        Optional<Deviation> deviation =
                warmUp().ready() && said.getAnomalyGrade() >= config.forestGrade()
                        ? worst(minute, said)
                        : Optional.empty();
        boolean isOrdinary = deviation.isEmpty();
        for (Feature feature : Feature.values()) {
            spreads.get(feature.ordinal()).add(minute.start(), feature.of(minute), isOrdinary);
        }
        return deviation;
    }

    /**
     * Of what is well outside, what the forest blames most; what was blamed last stays so, as it is
     * the same thing that goes on.
     */
    private Optional<Deviation> worst(Minute minute, AnomalyDescriptor said) {
        double[] blame = said.getRelevantAttribution();
        Comparator<Feature> mostBlamed =
                Comparator.comparingDouble(
                        feature -> blame == null ? 0 : -blame[feature.ordinal()]);
        for (Feature feature :
                Stream.concat(lastBlamed.stream(), Stream.of(Feature.values()).sorted(mostBlamed))
                        .toList()) {
            Optional<Deviation> deviation = deviation(minute, feature, said);
            if (deviation.isPresent()) {
                lastBlamed = Optional.of(feature);
                return deviation;
            }
        }
        return Optional.empty();
    }

    private Optional<Deviation> deviation(Minute minute, Feature feature, AnomalyDescriptor said) {
        double observed = feature.of(minute);
        if (!feature.counts(minute, config)) {
            return Optional.empty();
        }
        return spreads.get(feature.ordinal())
                .around(minute.start(), expected(feature, observed, said))
                .filter(band -> isNotable(feature, observed, band))
                .map(band -> deviation(feature, observed, band, said.getAnomalyGrade()));
    }

    private static double expected(Feature feature, double observed, AnomalyDescriptor said) {
        double[][] expected = said.getExpectedValuesList();
        return expected == null || expected.length == 0 || said.getRelativeIndex() != 0
                ? observed
                : Math.max(0, feature.unscaled(expected[0][feature.ordinal()]));
    }

    /** The wider the band is, the farther out it takes. */
    private boolean isNotable(Feature feature, double observed, Band band) {
        double factor =
                band.low() > 0 ? Math.max(MARGIN, Math.sqrt(band.high() / band.low())) : MARGIN;
        boolean isFar =
                observed > band.high()
                        ? observed >= factor * band.high()
                        : observed * factor <= band.low();
        return isFar && band.distance(observed) >= feature.floor(config);
    }

    private static Deviation deviation(Feature feature, double observed, Band band, double grade) {
        boolean above = observed > band.high();
        return new Deviation(
                AnomalyType.PATTERN,
                feature.dimension(),
                above ? Direction.ABOVE : Direction.BELOW,
                severity(observed, band, above),
                observed,
                band,
                String.format(
                        Locale.ROOT,
                        "%s %s, where %s to %s were to be expected; unlike the minutes before by %.2f of 1",
                        number(observed),
                        feature.dimension().unit(),
                        number(band.low()),
                        number(band.high()),
                        grade));
    }

    private static Severity severity(double observed, Band band, boolean above) {
        double factor = above ? observed / band.high() : band.low() / Math.max(observed, 1e-9);
        if (above && factor >= CRITICAL) {
            return Severity.CRITICAL;
        }
        return factor >= HIGH ? Severity.HIGH : Severity.MEDIUM;
    }

    private static String number(double number) {
        return String.format(Locale.ROOT, number >= 100 ? "%.0f" : "%.2f", number);
    }

    @Override
    public WarmUp warmUp() {
        return new WarmUp(AnomalyType.PATTERN, seen, config.forestWarmUpMinutes());
    }
}
