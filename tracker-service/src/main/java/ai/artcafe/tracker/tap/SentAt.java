package ai.artcafe.tracker.tap;

import org.jspecify.annotations.Nullable;

/**
 * How long a message was under way, by what its header {@code Artcafe-Sent-At} says. Anyone may
 * write anything into a header.
 */
final class SentAt {

    /** How far a sender's clock may be ahead. */
    static final long AHEAD_MILLIS = 1000;

    static final long LONGEST_MILLIS = 60_000;

    /** As many digits as epoch milliseconds have from 2001 to 2286. */
    private static final int DIGITS = 13;

    private SentAt() {}

    /** Milliseconds, or {@link TapDetail#UNKNOWN} for what cannot be. */
    static int latency(@Nullable String header, long nowMillis) {
        if (header == null || header.length() != DIGITS) {
            return TapDetail.UNKNOWN;
        }
        long sent = 0;
        for (int i = 0; i < DIGITS; i++) {
            int digit = header.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return TapDetail.UNKNOWN;
            }
            sent = 10 * sent + digit;
        }
        long latency = nowMillis - sent;
        return latency < -AHEAD_MILLIS || latency > LONGEST_MILLIS
                ? TapDetail.UNKNOWN
                : (int) Math.max(0, latency);
    }
}
