package ai.artcafe.model.flow;

import java.lang.foreign.MemorySegment;
import org.apache.datasketches.theta.CompactThetaSketch;
import org.apache.datasketches.theta.ThetaSetOperation;
import org.apache.datasketches.theta.ThetaUnion;

/**
 * A set of items of which only a sample is kept: how many there are, and how many that another set
 * has not. Exact up to 512 items, then within about 9 % (two standard errors); 4 KB at most.
 *
 * <p>Not thread-safe.
 */
public final class DistinctItems {

    private static final int NOMINAL = 512;

    private final ThetaUnion union =
            ThetaSetOperation.builder().setNominalEntries(NOMINAL).buildUnion();

    public void add(String item) {
        union.update(item);
    }

    public void merge(DistinctItems other) {
        union.union(other.union.getResult());
    }

    public double estimate() {
        return union.getResult().getEstimate();
    }

    /** How many of these items are not among the others. */
    public double notIn(DistinctItems others) {
        return ThetaSetOperation.builder()
                .buildANotB()
                .aNotB(union.getResult(), others.union.getResult())
                .getEstimate();
    }

    /**
     * How many of these items are not among the others, at least: with 97.5 % certainty. Of a few
     * items against very many, next to nothing can be said, and this is near zero.
     */
    public double notInAtLeast(DistinctItems others) {
        return ThetaSetOperation.builder()
                .buildANotB()
                .aNotB(union.getResult(), others.union.getResult())
                .getLowerBound(2);
    }

    /** For {@link #of}. */
    public byte[] toBytes() {
        return union.getResult().toByteArray();
    }

    /**
     * @throws IllegalArgumentException when the bytes are not of {@link #toBytes()}
     */
    public static DistinctItems of(byte[] bytes) {
        DistinctItems items = new DistinctItems();
        try {
            items.union.union(CompactThetaSketch.heapify(MemorySegment.ofArray(bytes)));
        } catch (RuntimeException e) {
            throw new IllegalArgumentException("not a set of items", e);
        }
        return items;
    }
}
