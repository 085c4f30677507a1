package ai.artcafe.nats.connection;

import io.nats.client.Connection;
import io.nats.client.ConnectionListener;
import io.nats.client.Nats;
import io.nats.client.Options;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * A NATS connection that is there for good. jnats reconnects by itself while it may; it closes a
 * connection for good after two authentication errors, and does not start one whose server is away.
 * This one then connects anew, after a pause that doubles up to {@link #LONGEST_PAUSE}, until it is
 * closed.
 *
 * <p>Thread-safe. Subscriptions belong to one connection, not to this: make them in {@link
 * #onConnection}.
 */
public final class LastingConnection implements AutoCloseable {

    /** The longest pause between two attempts, jitter not counted. */
    public static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    private static final Logger LOG = Logger.getLogger(LastingConnection.class);

    private final Options options;
    private final String name;
    private final List<Consumer<Connection>> watchers = new CopyOnWriteArrayList<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread keeper;

    private volatile @Nullable Connection connection;
    private volatile String fault = "not yet connected";

    private LastingConnection(Options options) {
        this.options = options;
        this.name = Optional.ofNullable(options.getConnectionName()).orElse("unnamed");
        this.keeper = Thread.ofVirtual().name("nats-keeper-" + name).unstarted(this::keepConnected);
    }

    /** Starts to connect, and returns at once. */
    public static LastingConnection open(Options options) {
        LastingConnection lasting = new LastingConnection(options);
        lasting.keeper.start();
        return lasting;
    }

    /** The name the server knows it by. */
    public String name() {
        return name;
    }

    /** The last connection made, which may be reconnecting or closed; empty before the first. */
    public Optional<Connection> current() {
        return Optional.ofNullable(connection);
    }

    /** Whether messages go to a server and come from one now. */
    public boolean isConnected() {
        Connection current = connection;
        return current != null && current.getStatus() == Connection.Status.CONNECTED;
    }

    /** Why it is not connected, for people; of no meaning while it is. */
    public String fault() {
        Connection current = connection;
        if (current == null) {
            return fault;
        }
        String lastError = current.getLastError();
        return current.getStatus()
                + (lastError == null || lastError.isBlank() ? "" : ": " + lastError);
    }

    /**
     * Calls the watcher with the present connection, if there is one, and with each new one. A
     * reconnect within jnats keeps the subscriptions and is not a new connection. When a watcher
     * throws, the connection is closed and the next one is tried. It must not block for long.
     */
    public void onConnection(Consumer<Connection> watcher) {
        synchronized (watchers) {
            watchers.add(watcher);
            try {
                current().ifPresent(watcher);
            } catch (IllegalStateException e) {
                LOG.debugf(
                        e, "NATS connection is closed, the next one will do connection=%s", name);
            }
        }
    }

    /** Sends out what was published, for at most this long, and closes for good. */
    public void close(Duration patience) {
        Connection current;
        synchronized (watchers) {
            closing.countDown();
            current = connection;
        }
        if (current != null) {
            finish(current, patience);
        }
        keeper.interrupt();
    }

    /** Closes for good without waiting. */
    @Override
    public void close() {
        close(Duration.ofMillis(100));
    }

    private void keepConnected() {
        Duration pause = options.getReconnectWait();
        try {
            while (isOpen()) {
                if (establish()) {
                    pause = options.getReconnectWait();
                }
                pause(pause);
                pause = longer(pause);
            }
        } catch (InterruptedException e) {
            LOG.debugf("NATS connection is not kept any more connection=%s", name);
        }
    }

    /** Connects and waits for the connection's end; false when there was none. */
    private boolean establish() throws InterruptedException {
        CountDownLatch closed = new CountDownLatch(1);
        try {
            Connection made = Nats.connect(options);
            made.addConnectionListener(closedListener(closed));
            publish(made);
            if (made.getStatus() != Connection.Status.CLOSED) {
                closed.await();
            }
            if (isOpen()) {
                LOG.warnf(
                        "NATS connection closed for good, connecting anew connection=%s reason=%s",
                        name, fault());
            }
            return true;
        } catch (IOException | RuntimeException e) {
            report(e);
            return false;
        }
    }

    private void publish(Connection made) throws InterruptedException {
        synchronized (watchers) {
            if (!isOpen()) {
                made.close();
                return;
            }
            connection = made;
            try {
                watchers.forEach(watcher -> watcher.accept(made));
            } catch (RuntimeException e) {
                made.close();
                throw e;
            }
        }
        LOG.infof("NATS connected connection=%s server=%s", name, made.getConnectedUrl());
    }

    private static ConnectionListener closedListener(CountDownLatch closed) {
        return (connection, event) -> {
            if (event == ConnectionListener.Events.CLOSED) {
                closed.countDown();
            }
        };
    }

    private void report(Exception e) {
        String reason = String.valueOf(e.getMessage());
        if (!reason.equals(fault)) {
            LOG.warnf("NATS cannot be reached, trying on connection=%s reason=%s", name, reason);
        }
        fault = reason;
    }

    private boolean isOpen() {
        return closing.getCount() > 0;
    }

    private void pause(Duration pause) throws InterruptedException {
        long jitter = options.getReconnectJitter().toMillis();
        long millis = pause.toMillis() + ThreadLocalRandom.current().nextLong(jitter + 1);
        if (closing.await(millis, TimeUnit.MILLISECONDS)) {
            LOG.debugf("NATS connection closed connection=%s", name);
        }
    }

    private static Duration longer(Duration pause) {
        Duration doubled = pause.isZero() ? Duration.ofMillis(100) : pause.multipliedBy(2);
        return doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
    }

    private void finish(Connection current, Duration patience) {
        try {
            if (current.getStatus() == Connection.Status.CONNECTED) {
                current.flush(patience);
            }
        } catch (TimeoutException e) {
            LOG.warnf("NATS did not take everything in time connection=%s", name);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IllegalStateException e) {
            LOG.debugf(e, "NATS connection was closed before the flush connection=%s", name);
        }
        try {
            current.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
