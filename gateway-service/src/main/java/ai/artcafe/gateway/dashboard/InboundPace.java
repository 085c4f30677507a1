package ai.artcafe.gateway.dashboard;

/** How many frames of a socket are read in a second. Used by one thread. */
final class InboundPace {

    private static final long SECOND = 1000;

    private final int perSecond;
    private long second = Long.MIN_VALUE;
    private int taken;

    InboundPace(int perSecond) {
        this.perSecond = perSecond;
    }

    /**
     * Counts a frame.
     *
     * @param now epoch milliseconds
     * @return for how many milliseconds no more should be read, 0 for none
     */
    long take(long now) {
        long current = Math.floorDiv(now, SECOND);
        if (current != second) {
            second = current;
            taken = 0;
        }
        taken++;
        return taken == perSecond ? SECOND - Math.floorMod(now, SECOND) : 0;
    }
}
