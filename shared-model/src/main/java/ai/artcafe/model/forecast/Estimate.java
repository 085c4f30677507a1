package ai.artcafe.model.forecast;

/**
 * A number of messages that is not certain: in {@link Projection#CONFIDENCE} of all cases between
 * the two bounds.
 */
public record Estimate(long messages, long low, long high) {

    public Estimate {
        if (low > messages || messages > high) {
            throw new IllegalArgumentException(low + " <= " + messages + " <= " + high);
        }
    }

    /** As many more that are certain. */
    public Estimate plus(long certain) {
        return new Estimate(messages + certain, low + certain, high + certain);
    }
}
