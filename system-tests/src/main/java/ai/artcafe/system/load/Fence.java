package ai.artcafe.system.load;

import java.nio.charset.StandardCharsets;

/**
 * A message that says: what was published before me on this way has arrived or never will. Its data
 * is a JSON string.
 */
final class Fence {

    private static final byte[] START = "\"fence-".getBytes(StandardCharsets.US_ASCII);

    private Fence() {}

    /** The data of a fence; the number is unique among the circle's fences. */
    static String text(long number) {
        return "\"fence-" + number + "\"";
    }

    static boolean isFence(byte[] data) {
        return data.length < 40
                && data.length > START.length
                && java.util.Arrays.equals(data, 0, START.length, START, 0, START.length);
    }
}
