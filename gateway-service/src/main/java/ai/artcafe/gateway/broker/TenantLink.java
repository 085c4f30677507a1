package ai.artcafe.gateway.broker;

import ai.artcafe.model.identity.Attribution;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.nats.connection.LastingConnection;
import io.nats.client.Connection;
import io.nats.client.Message;
import io.nats.client.Options;
import io.nats.client.impl.Headers;
import io.nats.client.impl.NatsMessage;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * A NATS connection of the gateway for a tenant, inside the tenant's slot. Thread-safe; nothing
 * here blocks, except {@link #awaitUp}.
 */
public final class TenantLink {

    private static final Logger LOG = Logger.getLogger(TenantLink.class);

    /** What the headers that we add may take of the server's limit for a message. */
    private static final int HEADER_RESERVE = 512;

    /** The client's queue is given up for busy also when the whole process has just stood still. */
    private static final int ATTEMPTS = 3;

    private static final int NO_RESPONDERS = 503;
    private static final Duration FLUSH_PATIENCE = Duration.ofSeconds(5);

    /** What became of a message that was to be published. */
    public enum Outcome {
        /** Handed to the connection. */
        ACCEPTED,
        /** There is no connection now; nothing was sent. */
        DOWN,
        /** Larger than the server takes; nothing was sent. */
        TOO_LARGE
    }

    private final TenantId tenant;
    private final String gateway;
    private final BrokerConfig config;
    private final Clock clock;
    private final LastingConnection connection;
    private final Topics topics;
    private final Congestion congestion;
    private final SharedFlush flush = new SharedFlush(this::flushNow);
    private final CompletableFuture<Connection> first = new CompletableFuture<>();

    private volatile @Nullable Connection current;

    private int leases; // guarded by this
    private long idleSince; // epoch milliseconds, guarded by this
    private boolean closed; // guarded by this

    private TenantLink(
            TenantId tenant, String gateway, BrokerConfig config, Clock clock, Options options) {
        this.tenant = tenant;
        this.gateway = gateway;
        this.config = config;
        this.clock = clock;
        this.topics = new Topics(config, clock);
        this.congestion = new Congestion(config, this::waiting);
        this.idleSince = clock.millis();
        this.connection = LastingConnection.open(options);
    }

    /** Starts to connect, and returns at once. */
    static TenantLink open(
            TenantId tenant, String gateway, BrokerConfig config, Clock clock, Options options) {
        TenantLink link = new TenantLink(tenant, gateway, config, clock, options);
        link.connection.onConnection(link::moveTo);
        return link;
    }

    private void moveTo(Connection made) {
        topics.moveTo(made);
        current = made;
        first.complete(made);
    }

    public TenantId tenant() {
        return tenant;
    }

    /** Somebody whose messages go by this link. */
    public Sender sender(Attribution attribution) {
        return new Sender(attribution, gateway);
    }

    /** Whether messages go to NATS now. */
    public boolean isUp() {
        Connection made = current;
        return made != null && made.getStatus() == Connection.Status.CONNECTED;
    }

    /** Waits for the first connection, for at most this long. */
    public void awaitUp(Duration patience) throws InterruptedException {
        try {
            first.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException _) {
            LOG.warnf(
                    "no NATS connection for the tenant yet tenant=%s reason=%s",
                    tenant, connection.fault());
        }
    }

    /** Whether so much waits for NATS that whoever sends should be read no further. */
    public boolean isCongested() {
        return congestion.isCongested() && isUp();
    }

    private Congestion.Waiting waiting() {
        Connection made = current;
        return made == null || made.getStatus() != Connection.Status.CONNECTED
                ? Congestion.Waiting.NOTHING
                : new Congestion.Waiting(
                        made.outgoingPendingMessageCount(), made.outgoingPendingBytes());
    }

    public Outcome publish(Outgoing message) {
        return send(
                message, made -> made.publish(message.subject(), headers(message), message.data()));
    }

    /**
     * Publishes a request.
     *
     * @param reply the first reply; empty when there is none in time or nobody listens. Completed
     *     on a thread that must not be blocked
     */
    public Outcome request(
            Outgoing message, Duration timeout, CompletableFuture<Optional<Delivery>> reply) {
        return send(
                message,
                made ->
                        made.requestWithTimeout(
                                        NatsMessage.builder()
                                                .subject(message.subject())
                                                .headers(headers(message))
                                                .data(message.data())
                                                .build(),
                                        timeout)
                                .handle((answer, failure) ->
                                        reply.complete(read(answer, failure))));
    }

    private Outcome send(Outgoing message, Consumer<Connection> hand) {
        Connection made = current;
        if (made == null || made.getStatus() != Connection.Status.CONNECTED) {
            return Outcome.DOWN;
        }
        if (message.data().length + HEADER_RESERVE > made.getMaxPayload()) {
            return Outcome.TOO_LARGE;
        }
        for (int attempt = 1; ; attempt++) {
            try {
                hand.accept(made);
                congestion.added(message.data().length);
                return Outcome.ACCEPTED;
            } catch (IllegalStateException | IllegalArgumentException e) {
                if (attempt == ATTEMPTS || made.getStatus() != Connection.Status.CONNECTED) {
                    LOG.warnf(
                            "NATS did not take a message tenant=%s reason=%s",
                            tenant, String.valueOf(e.getMessage()));
                    return Outcome.DOWN;
                }
            }
        }
    }

    private static Headers headers(Outgoing message) {
        return message.sender().headers(message.sentAt(), message.id());
    }

    private Optional<Delivery> read(@Nullable Message answer, @Nullable Throwable failure) {
        if (answer == null
                || failure != null
                || (answer.isStatusMessage() && answer.getStatus().getCode() == NO_RESPONDERS)) {
            return Optional.empty();
        }
        return Optional.of(MessageHeaders.read(answer, clock.millis()));
    }

    /**
     * Returns false when the tenant has as many subjects as it may.
     *
     * @throws IllegalStateException when NATS does not take the subscription now; nothing is
     *     changed
     */
    public boolean subscribe(String subject, Subscriber subscriber) {
        return topics.add(subject, subscriber);
    }

    public void unsubscribe(String subject, Subscriber subscriber) {
        topics.remove(subject, subscriber);
    }

    /**
     * Completed once the server has seen everything that was subscribed before this call; with
     * false when that cannot be told. Calls before a round trip begins share it.
     */
    public CompletableFuture<Boolean> flushed() {
        return flush.request();
    }

    private boolean flushNow() {
        Connection made = current;
        if (made == null) {
            return false;
        }
        try {
            made.flush(FLUSH_PATIENCE);
            return true;
        } catch (TimeoutException | IllegalStateException | CompletionException _) {
            return false;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Takes a share in the link; false when it is closed already. */
    synchronized boolean lease() {
        if (closed) {
            return false;
        }
        leases++;
        return true;
    }

    /** Gives a share back; without any the link is closed after a while. */
    public synchronized void release() {
        leases--;
        if (leases == 0) {
            idleSince = clock.millis();
        }
    }

    /** Closes the link if nobody has used it for the configured time; true when it is closed. */
    boolean closeIfIdle() {
        synchronized (this) {
            if (leases > 0 || clock.millis() - idleSince < config.idleTimeout().toMillis()) {
                return false;
            }
            closed = true;
        }
        connection.close();
        return true;
    }

    /** Sends out what waits, for at most this long, and closes. */
    void close(Duration patience) {
        synchronized (this) {
            closed = true;
        }
        connection.close(patience);
    }

    long dropped() {
        return topics.dropped();
    }
}
