package ai.artcafe.model.usage;

/**
 * What one connection has carried since it was opened. Each counter only grows.
 *
 * @param inMessages messages taken in from the client, control messages not among them where the
 *     source can tell them apart (a gateway can, a NATS server cannot)
 * @param inBytes their payload and headers
 * @param outMessages messages handed to the client
 * @param outBytes their payload and headers
 * @param controlMessages heartbeats, presence and self-reports taken in; never billed
 * @param controlBytes their payload and headers
 */
public record Counters(
        long inMessages,
        long inBytes,
        long outMessages,
        long outBytes,
        long controlMessages,
        long controlBytes) {

    public static final Counters ZERO = new Counters(0, 0, 0, 0, 0, 0);

    public Counters {
        if (inMessages < 0
                || inBytes < 0
                || outMessages < 0
                || outBytes < 0
                || controlMessages < 0
                || controlBytes < 0) {
            throw new IllegalArgumentException("counters must not be negative");
        }
    }

    /** Counters of a connection whose source does not tell control messages apart. */
    public static Counters of(long inMessages, long inBytes, long outMessages, long outBytes) {
        return new Counters(inMessages, inBytes, outMessages, outBytes, 0, 0);
    }

    /** The highest seen of each counter: the merge of two readings of one connection. */
    public Counters max(Counters other) {
        return new Counters(
                Math.max(inMessages, other.inMessages),
                Math.max(inBytes, other.inBytes),
                Math.max(outMessages, other.outMessages),
                Math.max(outBytes, other.outBytes),
                Math.max(controlMessages, other.controlMessages),
                Math.max(controlBytes, other.controlBytes));
    }
}
