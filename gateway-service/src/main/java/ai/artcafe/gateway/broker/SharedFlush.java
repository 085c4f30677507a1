package ai.artcafe.gateway.broker;

import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

/**
 * Round trips to the server, one at a time: whoever asks while one is under way shares the next.
 * NATS counts each as a ping, and takes a few that overlap for a connection that is broken.
 */
final class SharedFlush {

    private final BooleanSupplier roundTrip;
    private CompletableFuture<Boolean> next = new CompletableFuture<>(); // guarded by this
    private boolean wanted; // guarded by this
    private boolean running; // guarded by this

    /**
     * @param roundTrip blocks until the server has answered; false when it did not
     */
    SharedFlush(BooleanSupplier roundTrip) {
        this.roundTrip = roundTrip;
    }

    /** Completed after a round trip that begins after this call; with false when it failed. */
    synchronized CompletableFuture<Boolean> request() {
        wanted = true;
        if (!running) {
            running = true;
            Thread.startVirtualThread(this::run);
        }
        return next;
    }

    private void run() {
        while (true) {
            CompletableFuture<Boolean> waiting;
            synchronized (this) {
                if (!wanted) {
                    running = false;
                    return;
                }
                wanted = false;
                waiting = next;
                next = new CompletableFuture<>();
            }
            waiting.complete(roundTrip.getAsBoolean());
        }
    }
}
