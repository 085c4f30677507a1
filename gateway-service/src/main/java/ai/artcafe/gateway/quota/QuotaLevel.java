package ai.artcafe.gateway.quota;

import java.util.stream.IntStream;

/** At how many percent of the day's quota the tenant is told. */
final class QuotaLevel {

    private static final int[] PERCENT = {80, 90, 100};

    private QuotaLevel() {}

    /** The highest level that so many messages reach, 0 for none. */
    static int reached(long messages, long limit) {
        int reached = 0;
        for (int percent : PERCENT) {
            // in floating point, as a limit may be any number; exact far beyond what is ever used
            if (messages >= Math.ceil(limit * (percent / 100.0))) {
                reached = percent;
            }
        }
        return reached;
    }

    /** The levels above one and up to another, in ascending order. */
    static IntStream between(int above, int upTo) {
        return IntStream.of(PERCENT).filter(percent -> percent > above && percent <= upTo);
    }
}
