package ai.artcafe.model.flow;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import org.apache.datasketches.common.ArrayOfStringsSerDe;
import org.apache.datasketches.frequencies.ErrorType;
import org.apache.datasketches.frequencies.FrequentItemsSketch;

/**
 * What occurs most, as a sketch of bounded size: exact while the different items are fewer than
 * three quarters of its capacity, else right within {@link #error()}. A merge of two is one of all.
 *
 * <p>Not thread-safe.
 */
public final class Ranking {

    private static final ArrayOfStringsSerDe STRINGS = new ArrayOfStringsSerDe();

    private final FrequentItemsSketch<String> sketch;

    /**
     * An item and how often it occurred: between the two bounds, for certain.
     *
     * @param estimate the upper bound
     */
    public record Entry(String item, long estimate, long atLeast) {}

    /**
     * @param capacity a power of two
     */
    public Ranking(int capacity) {
        this(new FrequentItemsSketch<>(capacity));
    }

    private Ranking(FrequentItemsSketch<String> sketch) {
        this.sketch = sketch;
    }

    /** The item occurred so often. */
    public void add(String item, long times) {
        sketch.update(item, times);
    }

    public void merge(Ranking other) {
        sketch.merge(other.sketch);
    }

    /** The most frequent, the first of them first. */
    public List<Entry> top(int atMost) {
        return Arrays.stream(sketch.getFrequentItems(0, ErrorType.NO_FALSE_NEGATIVES))
                .limit(atMost)
                .map(row -> new Entry(row.getItem(), row.getEstimate(), row.getLowerBound()))
                .toList();
    }

    /** By how much an estimate can be too high. */
    public long error() {
        return sketch.getMaximumError();
    }

    /** How often anything occurred; exact. */
    public long total() {
        return sketch.getStreamLength();
    }

    /** For {@link #of}. */
    public byte[] toBytes() {
        return sketch.toByteArray(STRINGS);
    }

    /**
     * @throws IllegalArgumentException when the bytes are not of {@link #toBytes()}
     */
    public static Ranking of(byte[] bytes) {
        try {
            return new Ranking(
                    FrequentItemsSketch.getInstance(MemorySegment.ofArray(bytes), STRINGS));
        } catch (RuntimeException e) {
            throw new IllegalArgumentException("not a ranking", e);
        }
    }
}
