package ai.artcafe.gateway.broker;

import io.nats.client.Connection;
import io.nats.client.Dispatcher;
import io.nats.client.Message;
import io.nats.client.Subscription;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The subjects that a tenant's sockets want, each subscribed to once on NATS however many want it,
 * and again on every new connection. Thread-safe.
 */
final class Topics {

    private static final Logger LOG = Logger.getLogger(Topics.class);

    private final BrokerConfig config;
    private final Clock clock;
    private final Map<String, Topic> topics = new ConcurrentHashMap<>(); // written under this

    private final Map<String, Subscription> subscriptions = new HashMap<>(); // guarded by this
    private @Nullable Dispatcher dispatcher; // guarded by this

    Topics(BrokerConfig config, Clock clock) {
        this.config = config;
        this.clock = clock;
    }

    /** Subscribes to everything on a new connection. */
    synchronized void moveTo(Connection connection) {
        Dispatcher fresh = connection.createDispatcher();
        fresh.setPendingLimits(config.pendingMessages(), config.pendingBytes());
        dispatcher = fresh;
        subscriptions.clear();
        topics.keySet().forEach(subject -> subscribe(fresh, subject));
    }

    /**
     * Returns false when the tenant has as many subjects as it may.
     *
     * @throws IllegalStateException when NATS does not take the subscription now; nothing is
     *     changed
     */
    synchronized boolean add(String subject, Subscriber subscriber) {
        Topic known = topics.get(subject);
        if (known != null) {
            topics.put(subject, known.with(subscriber));
            return true;
        }
        if (topics.size() >= config.subjectsPerTenant()) {
            return false;
        }
        topics.put(subject, Topic.of(subject, subscriber));
        Dispatcher current = dispatcher;
        if (current != null && current.isActive()) {
            try {
                subscribe(current, subject);
            } catch (IllegalStateException e) {
                topics.remove(subject);
                throw e;
            }
        }
        return true;
    }

    synchronized void remove(String subject, Subscriber subscriber) {
        Topic known = topics.get(subject);
        if (known == null) {
            return;
        }
        Topic left = known.without(subscriber);
        if (!left.isUnwanted()) {
            topics.put(subject, left);
            return;
        }
        topics.remove(subject);
        Subscription subscription = subscriptions.remove(subject);
        Dispatcher current = dispatcher;
        if (subscription != null && current != null && current.isActive()) {
            try {
                current.unsubscribe(subscription);
            } catch (IllegalStateException e) {
                LOG.warnf(
                        "a subscription stays until the connection ends subject=%s reason=%s",
                        subject, String.valueOf(e.getMessage()));
            }
        }
    }

    /** Messages dropped on the present connection because they came faster than they went on. */
    synchronized long dropped() {
        Dispatcher current = dispatcher;
        return current == null ? 0 : current.getDroppedCount();
    }

    private void subscribe(Dispatcher on, String subject) {
        subscriptions.put(subject, on.subscribe(subject, message -> deliver(subject, message)));
    }

    private void deliver(String subject, Message message) {
        Topic topic = topics.get(subject);
        if (topic == null) {
            return;
        }
        try {
            topic.deliver(MessageHeaders.read(message, clock.millis()));
        } catch (RuntimeException e) {
            LOG.errorf(e, "a message could not be delivered subject=%s", subject);
        }
    }
}
