package ai.artcafe.tracker.tap;

/**
 * The messages of a slot that were looked at in a window. Each stands for as many as its weight
 * says: the weights of all add up to the messages there were, on average.
 *
 * <p>The arrays belong to whoever has the detail; only the first {@code count} places are used.
 *
 * @param subjects as the tap gets them, cut after {@link TapSampler#MAX_SUBJECT} characters
 * @param sizes bytes of payload and headers
 * @param latencies milliseconds; {@link #UNKNOWN} when the message did not tell when it was sent
 * @param serviceErrors how many messages said that a service failed, weighted
 */
public record TapDetail(
        int count,
        String[] subjects,
        int[] sizes,
        int[] weights,
        int[] latencies,
        long serviceErrors) {

    public static final int UNKNOWN = -1;

    /** Nothing was looked at. */
    public static final TapDetail NONE =
            new TapDetail(0, new String[0], new int[0], new int[0], new int[0], 0);
}
