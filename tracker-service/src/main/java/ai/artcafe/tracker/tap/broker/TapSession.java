package ai.artcafe.tracker.tap.broker;

import io.nats.client.Connection;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The time in which the tap's subscriptions have stood at the server without a break, under a name
 * of its own.
 *
 * <p>Thread-safe.
 */
final class TapSession {

    private final String tap = UUID.randomUUID().toString();
    // guarded by this
    private @Nullable Connection connection;
    private long number;
    private boolean subscribed;
    private boolean confirmed;

    /** The subscriptions have been sent over this connection. */
    synchronized void subscribed(Connection over) {
        number++;
        connection = over;
        subscribed = true;
        confirmed = false;
    }

    /** The connection is gone, and with it its subscriptions. */
    synchronized void ended(Connection over) {
        if (connection == over) {
            number++;
            subscribed = false;
            confirmed = false;
        }
    }

    /** Whose subscriptions a round trip that begins now would confirm; 0 when there are none. */
    synchronized long sent() {
        return subscribed ? number : 0;
    }

    /** The server has taken in all that was sent before. */
    synchronized void confirmed(long sent) {
        confirmed = subscribed && sent == number;
    }

    /** Empty while the subscriptions are not certain to stand. */
    synchronized Optional<String> current() {
        return confirmed ? Optional.of(tap + '/' + number) : Optional.empty();
    }
}
