package ai.artcafe.model.flow;

import com.datadoghq.sketch.ddsketch.DDSketch;
import com.datadoghq.sketch.ddsketch.encoding.ByteArrayInput;
import com.datadoghq.sketch.ddsketch.encoding.GrowingByteArrayOutput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.OptionalDouble;

/**
 * A distribution of values that are not negative, as a sketch: quantiles are right within 1 % of
 * the value, and a merge of sketches is the sketch of the merge. Takes a few kilobytes at most.
 *
 * <p>Not thread-safe.
 */
public final class Distribution {

    /** Of a quantile's value. */
    public static final double RELATIVE_ERROR = 0.01;

    /** Those for the lowest values are merged beyond it: 1,024 of them cover nine decades. */
    private static final int BINS = 1024;

    private final DDSketch sketch = DDSketch.memoryOptimalCollapsingLowest(RELATIVE_ERROR, BINS);

    /**
     * Takes a value that stands for so many.
     *
     * @throws IllegalArgumentException when the value is negative or not a number, or the weight is
     *     not positive
     */
    public void add(double value, long weight) {
        if (!(value >= 0) || Double.isInfinite(value) || weight <= 0) {
            throw new IllegalArgumentException("value " + value + ", weight " + weight);
        }
        sketch.accept(value, weight);
    }

    public void merge(Distribution other) {
        sketch.mergeWith(other.sketch);
    }

    /** How many values were taken. */
    public long count() {
        return Math.round(sketch.getCount());
    }

    /** The value that so much (0 to 1) of all are not above; empty when there is none. */
    public OptionalDouble quantile(double rank) {
        return sketch.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(sketch.getValueAtQuantile(rank));
    }

    /** For {@link #of}. */
    public byte[] toBytes() {
        GrowingByteArrayOutput output = GrowingByteArrayOutput.withDefaultInitialCapacity();
        try {
            sketch.encode(output, false);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return output.trimmedCopy();
    }

    /**
     * @throws IllegalArgumentException when the bytes are not of {@link #toBytes()}
     */
    public static Distribution of(byte[] bytes) {
        Distribution distribution = new Distribution();
        try {
            distribution.sketch.decodeAndMergeWith(ByteArrayInput.wrap(bytes));
        } catch (IOException | RuntimeException e) {
            throw new IllegalArgumentException("not a distribution", e);
        }
        return distribution;
    }
}
