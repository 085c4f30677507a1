package ai.artcafe.gateway.socket;

import ai.artcafe.gateway.broker.TenantLink;
import ai.artcafe.gateway.frame.TextSocket;

/**
 * Whether an agent's frames are read, and why not: nothing is read that would have to be kept or
 * refused. Used by the socket's event loop only.
 */
final class Intake {

    private static final long CONGESTION_CHECK_MS = 2;

    private static final int FLOODING = 1;
    private static final int CONGESTED = 2;
    private static final int HELD_BACK = 4;

    private final TextSocket socket;
    private final TenantLink link;
    private final int refusalsPerSecond;

    private int stopped; // the reasons
    private long refusalsSince; // epoch milliseconds
    private int refusals;

    Intake(TextSocket socket, TenantLink link, int refusalsPerSecond) {
        this.socket = socket;
        this.link = link;
        this.refusalsPerSecond = refusalsPerSecond;
    }

    /** A frame was refused; after many within a second the rest of it passes without reading. */
    void refused() {
        long now = socket.lastSeen();
        long second = now - Math.floorMod(now, 1000L);
        if (second != refusalsSince) {
            refusalsSince = second;
            refusals = 0;
        }
        refusals++;
        if (refusals == refusalsPerSecond) {
            stop(FLOODING, second + 1000 - now);
        }
    }

    /** Reads nothing for so long. */
    void holdBack(long millis) {
        stop(HELD_BACK, millis);
    }

    /** Reads nothing until what waits for NATS has become less. */
    void stopIfCongested() {
        if ((stopped & CONGESTED) == 0 && link.isCongested()) {
            stop(CONGESTED);
            socket.later(CONGESTION_CHECK_MS, this::goOnUnlessCongested);
        }
    }

    private void goOnUnlessCongested() {
        if (link.isCongested()) {
            socket.later(CONGESTION_CHECK_MS, this::goOnUnlessCongested);
        } else {
            goOn(CONGESTED);
        }
    }

    boolean isStopped() {
        return stopped != 0;
    }

    private void stop(int reason, long millis) {
        stop(reason);
        socket.later(millis, () -> goOn(reason));
    }

    private void stop(int reason) {
        stopped |= reason;
        socket.pause();
    }

    private void goOn(int reason) {
        stopped &= ~reason;
        if (stopped == 0) {
            socket.resume();
        }
    }
}
