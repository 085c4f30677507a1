package ai.artcafe.gateway.dashboard;

/**
 * Cuts previews off while a client cannot keep up: open once half of what may wait has done so for
 * a while, closed again once nothing waits. Looked at by one thread; anyone may ask.
 */
final class Breaker {

    /** What a look has changed. */
    enum Change {
        NONE,
        OPENED,
        CLOSED
    }

    private static final long NOT_FULL = -1;

    private final long halfBytes;
    private final long patienceMs;
    private long fullSince = NOT_FULL;
    private volatile boolean open;

    Breaker(long maxBytes, long patienceMs) {
        this.halfBytes = maxBytes / 2;
        this.patienceMs = patienceMs;
    }

    boolean isOpen() {
        return open;
    }

    /**
     * @param waiting bytes that wait to be sent
     * @param now milliseconds of any clock that goes on
     */
    Change look(long waiting, long now) {
        if (open) {
            if (waiting > 0) {
                return Change.NONE;
            }
            open = false;
            fullSince = NOT_FULL;
            return Change.CLOSED;
        }
        if (waiting <= halfBytes) {
            fullSince = NOT_FULL;
            return Change.NONE;
        }
        if (fullSince == NOT_FULL) {
            fullSince = now;
        }
        if (now - fullSince < patienceMs) {
            return Change.NONE;
        }
        open = true;
        return Change.OPENED;
    }
}
