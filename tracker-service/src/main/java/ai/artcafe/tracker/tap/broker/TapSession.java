package ai.artcafe.tracker.tap.broker;

import ai.artcafe.model.identity.Slot;
import ai.artcafe.tracker.reconcile.Hearing;
import io.nats.client.Connection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The time in which the tap's subscriptions have stood at the server without a break, under a name
 * of its own; a slot that was left out for a while has its own since it was taken in again.
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
    private final Set<Slot> left = new HashSet<>();
    private final Map<Slot, Long> joined = new HashMap<>();
    private long joins;
    private long joinsConfirmed;

    /**
     * What a round trip that begins now would confirm.
     *
     * @param number of the session; 0 when there is none
     * @param joins how often slots had been taken in
     */
    record Sent(long number, long joins) {}

    /** The subscriptions have been sent over this connection. */
    synchronized void subscribed(Connection over) {
        number++;
        connection = over;
        subscribed = true;
        confirmed = false;
        joined.clear();
    }

    /** The connection is gone, and with it its subscriptions. */
    synchronized void ended(Connection over) {
        if (connection == over) {
            number++;
            subscribed = false;
            confirmed = false;
        }
    }

    /** The slot is about to be left out. */
    synchronized void left(Slot slot) {
        left.add(slot);
        joined.remove(slot);
    }

    /** The subscription to the slot has been sent again. */
    synchronized void joined(Slot slot) {
        left.remove(slot);
        joined.put(slot, ++joins);
    }

    synchronized Sent sent() {
        return new Sent(subscribed ? number : 0, joins);
    }

    /** The server has taken in all that was sent before. */
    synchronized void confirmed(Sent sent) {
        confirmed = subscribed && sent.number == number;
        if (confirmed) {
            joinsConfirmed = Math.max(joinsConfirmed, sent.joins);
        }
    }

    /** Empty while the subscriptions are not certain to stand. */
    synchronized Optional<String> current() {
        return confirmed ? Optional.of(name()) : Optional.empty();
    }

    private String name() {
        return tap + '/' + number;
    }

    /** The same, by slot. */
    synchronized Hearing hearing() {
        if (!confirmed) {
            return new Hearing("", Map.of());
        }
        Map<Slot, String> exceptions = new HashMap<>();
        left.forEach(slot -> exceptions.put(slot, ""));
        joined.forEach((slot, join) ->
                exceptions.put(slot, join <= joinsConfirmed ? name() + '/' + join : ""));
        return new Hearing(name(), exceptions);
    }
}
