package ai.artcafe.gateway.socket;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;

/**
 * The HTTP requests that are being answered. Those that become WebSockets are not among them:
 * Quarkus' own count keeps them for ever, as their answers never end, and so would wait for
 * nothing. Thread-safe.
 */
@ApplicationScoped
public class OpenRequests {

    /** Before all others. */
    private static final int FIRST = 1000;

    private int open; // guarded by this

    void register(@Observes Filters filters) {
        filters.register(this::pass, FIRST);
    }

    private void pass(RoutingContext context) {
        if (!context.request().headers().contains(HttpHeaders.UPGRADE)) {
            began();
            context.addEndHandler(_ -> ended());
        }
        context.next();
    }

    private synchronized void began() {
        open++;
    }

    private synchronized void ended() {
        open--;
        notifyAll();
    }

    /** Waits until nothing is being answered; false when that takes longer. Blocks. */
    public synchronized boolean awaitNone(Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (open > 0) {
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                return false;
            }
            wait(left);
        }
        return true;
    }
}
