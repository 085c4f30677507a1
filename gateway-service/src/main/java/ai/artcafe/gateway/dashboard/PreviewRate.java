package ai.artcafe.gateway.dashboard;

/** So many a second and no more; the first ones of each second. Used by one thread. */
final class PreviewRate {

    private final int perSecond;
    private long second = Long.MIN_VALUE;
    private int taken;

    PreviewRate(int perSecond) {
        this.perSecond = perSecond;
    }

    /**
     * @param now epoch milliseconds
     */
    boolean take(long now) {
        long current = Math.floorDiv(now, 1000L);
        if (current != second) {
            second = current;
            taken = 0;
        }
        if (taken >= perSecond) {
            return false;
        }
        taken++;
        return true;
    }
}
