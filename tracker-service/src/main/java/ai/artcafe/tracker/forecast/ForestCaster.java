package ai.artcafe.tracker.forecast;

import com.amazon.randomcutforest.config.TransformMethod;
import com.amazon.randomcutforest.parkservices.ForecastDescriptor;
import com.amazon.randomcutforest.parkservices.RCFCaster;
import com.amazon.randomcutforest.parkservices.config.Calibration;
import com.amazon.randomcutforest.returntypes.RangeVector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Amazon's Random Cut Forest as a forecaster: what came after days like this one. */
final class ForestCaster {

    private static final int TREES = 30;
    private static final int SAMPLES = 256;
    private static final long SEED = 24;

    /** Hours of the past that it needs before it says anything. */
    static final int NEEDED = 3 * HourlySeries.DAY;

    private ForestCaster() {}

    /**
     * Goes through the series once.
     *
     * @param from the hours, counted from the series' start, before which a prediction is wanted;
     *     ascending, none below {@link #NEEDED}, none after the end
     * @param horizon how many hours each has
     */
    static List<Prediction> at(HourlySeries series, List<Integer> from, int horizon) {
        RCFCaster caster =
                RCFCaster.builder()
                        .dimensions(HourlySeries.DAY)
                        .shingleSize(HourlySeries.DAY)
                        .forecastHorizon(horizon)
                        .calibration(Calibration.SIMPLE)
                        .numberOfTrees(TREES)
                        .sampleSize(SAMPLES)
                        .outputAfter(NEEDED - 1)
                        .transformMethod(TransformMethod.NORMALIZE)
                        .randomSeed(SEED)
                        .build();
        List<Prediction> predictions = new ArrayList<>();
        int last = from.isEmpty() ? 0 : from.getLast();
        for (int hour = 0; hour < last; hour++) {
            ForecastDescriptor said =
                    (ForecastDescriptor)
                            caster.process(
                                    new double[] {series.messages()[hour]},
                                    hour * Duration.ofHours(1).toSeconds());
            if (from.contains(hour + 1)) {
                predictions.add(prediction(said.getTimedForecast().rangeVector));
            }
        }
        return predictions;
    }

    private static Prediction prediction(RangeVector said) {
        return Prediction.of(doubles(said.values), doubles(said.lower), doubles(said.upper));
    }

    private static double[] doubles(float[] numbers) {
        double[] doubles = new double[numbers.length];
        for (int i = 0; i < numbers.length; i++) {
            doubles[i] = Float.isFinite(numbers[i]) ? numbers[i] : 0;
        }
        return doubles;
    }
}
