package ai.artcafe.nats;

import ai.artcafe.nats.ack.Answer;
import ai.artcafe.nats.connection.LastingConnection;
import ai.artcafe.nats.telemetry.ConnectorMeters;
import ai.artcafe.nats.telemetry.OutgoingMeters;
import io.nats.client.Connection;
import io.nats.client.JetStreamStatusException;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.providers.helpers.MultiUtils;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Publishes a channel's messages. At most {@code max-outstanding} are on their way; more are asked
 * of the application only as these are settled.
 */
final class OutgoingChannel {

    private static final Logger LOG = Logger.getLogger(OutgoingChannel.class);

    private static final Duration FIRST_RETRY = Duration.ofMillis(1);
    private static final Duration LAST_RETRY = Duration.ofMillis(20);

    private final NatsConnectorOutgoingConfiguration config;
    private final String channel;
    private final Duration confirmTimeout;
    private final LastingConnection connection;
    private final Executor settling;
    private final Outstanding outstanding = new Outstanding();
    private final OutgoingMeters meters;
    private final Flow.Subscriber<? extends Message<?>> subscriber;

    /**
     * @param settling runs the application's own acks and nacks, which may block
     */
    OutgoingChannel(
            NatsConnectorOutgoingConfiguration config,
            LastingConnection connection,
            Executor settling,
            ConnectorMeters meters) {
        this.config = config;
        this.channel = config.getChannel();
        this.confirmTimeout =
                Duration.ofMillis(
                        Limits.positive(config.getConfirmTimeout(), "confirm-timeout", channel));
        this.connection = connection;
        this.settling = settling;
        this.meters = meters.outgoing(channel, outstanding::count);
        this.subscriber = MultiUtils.<Message<?>, Void>via(this::sendAll);
    }

    Flow.Subscriber<? extends Message<?>> subscriber() {
        return subscriber;
    }

    ChannelHealth health() {
        return new ChannelHealth(
                channel, config.getHealthEnabled(), Optional.empty(), connection, 0);
    }

    /** Waits for its {@code drain-timeout} until nothing is on its way. */
    void drain() {
        if (!outstanding.awaitNone(Duration.ofMillis(config.getDrainTimeout()))) {
            LOG.warnf(
                    "Stopped with messages on their way channel=%s messages=%d",
                    channel, outstanding.count());
        }
    }

    /** In order; confirms may come in any order, as many at once as may be outstanding. */
    private Multi<Void> sendAll(Multi<Message<?>> messages) {
        int concurrency = Limits.positive(config.getMaxOutstanding(), "max-outstanding", channel);
        return config.getPublishConfirms()
                ? messages.onItem().transformToUni(this::send).merge(concurrency)
                : messages.onItem().transformToUni(this::send).concatenate();
    }

    private Uni<Void> send(Message<?> message) {
        outstanding.add(1);
        return deliver(message)
                .onItemOrFailure()
                .transformToUni((done, failure) -> settle(message, failure))
                .eventually(() -> outstanding.remove(1));
    }

    private Uni<Void> deliver(Message<?> message) {
        return Uni.createFrom()
                .item(() -> Publication.of(message, config.getSubject()))
                .onFailure(IllegalArgumentException.class)
                .transform(e -> failed(PublishFault.INVALID, String.valueOf(e.getMessage())))
                .onItem()
                .transformToUni(config.getPublishConfirms() ? this::request : this::publish)
                .onFailure(OutgoingChannel::isQueueFull)
                .retry()
                .withBackOff(FIRST_RETRY, LAST_RETRY)
                .expireIn(confirmTimeout.toMillis());
    }

    private Uni<Void> publish(Publication publication) {
        return Uni.createFrom().item(() -> publishNow(publication)).replaceWithVoid();
    }

    private Publication publishNow(Publication publication) {
        Connection current = usable();
        try {
            current.publish(publication.subject(), publication.headers(), publication.payload());
        } catch (IllegalArgumentException | IllegalStateException e) {
            throw refused(e);
        }
        meters.published();
        return publication;
    }

    private Uni<Void> request(Publication publication) {
        return Uni.createFrom()
                .completionStage(() -> requestNow(publication))
                .emitOn(settling)
                .onItem()
                .invoke(reply -> confirm(reply.getData()))
                .replaceWithVoid()
                .onFailure(failure -> !(failure instanceof PublishFailedException))
                .transform(this::unconfirmed);
    }

    private CompletionStage<io.nats.client.Message> requestNow(Publication publication) {
        Connection current = usable();
        if (current.getStatus() != Connection.Status.CONNECTED) {
            throw failed(PublishFault.NOT_CONNECTED, connection.fault());
        }
        try {
            CompletionStage<io.nats.client.Message> reply =
                    current.requestWithTimeout(
                                    publication.subject(),
                                    publication.headers(),
                                    publication.payload(),
                                    confirmTimeout)
                            .orTimeout(confirmTimeout.toMillis(), TimeUnit.MILLISECONDS);
            meters.published();
            return reply;
        } catch (IllegalArgumentException | IllegalStateException e) {
            throw refused(e);
        }
    }

    /** The connection, when it can take a message without making this thread wait. */
    private Connection usable() {
        Connection current =
                connection
                        .current()
                        .orElseThrow(() -> failed(PublishFault.NOT_CONNECTED, connection.fault()));
        int capacity = current.getOptions().getMaxMessagesInOutgoingQueue();
        if (current.outgoingPendingMessageCount() > capacity * 3L / 4) {
            throw failed(PublishFault.QUEUE_FULL, "the connection's queue is full");
        }
        return current;
    }

    private void confirm(byte[] reply) {
        Optional<Answer> answer = Answer.read(reply);
        if (answer.isEmpty()) {
            throw failed(
                    PublishFault.UNKNOWN_ANSWER,
                    "the answer of %d bytes is none of +ACK, -NAK, +TERM".formatted(reply.length));
        }
        switch (answer.get()) {
            case ACK -> {}
            case NAK -> throw failed(PublishFault.NAK, "the receiver could not process it");
            case TERM -> throw failed(PublishFault.TERM, "the receiver refuses it for good");
        }
    }

    private PublishFailedException unconfirmed(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null
                        ? failure.getCause()
                        : failure;
        return switch (cause) {
            case TimeoutException e ->
                    failed(
                            PublishFault.TIMED_OUT,
                            "no answer within %d ms".formatted(confirmTimeout.toMillis()));
            case CancellationException e ->
                    failed(PublishFault.NO_RESPONDERS, "nobody listens, or the connection closed");
            case JetStreamStatusException e -> failed(PublishFault.NO_RESPONDERS, "nobody listens");
            default -> failed(PublishFault.INVALID, cause.toString());
        };
    }

    private PublishFailedException refused(RuntimeException e) {
        PublishFault fault =
                e instanceof IllegalArgumentException
                        ? PublishFault.INVALID
                        : PublishFault.NOT_CONNECTED;
        return failed(fault, String.valueOf(e.getMessage()));
    }

    private PublishFailedException failed(PublishFault fault, String detail) {
        return new PublishFailedException(fault, "channel %s: %s".formatted(channel, detail));
    }

    private Uni<Void> settle(Message<?> message, @Nullable Throwable failure) {
        return Uni.createFrom()
                .completionStage(() -> failure == null ? acked(message) : nacked(message, failure))
                .onFailure()
                .recoverWithItem(e -> {
                    LOG.warnf("Settling failed channel=%s reason=%s", channel, e);
                    return null;
                });
    }

    private CompletionStage<Void> acked(Message<?> message) {
        meters.acked();
        return message.ack();
    }

    private CompletionStage<Void> nacked(Message<?> message, Throwable failure) {
        PublishFault fault =
                failure instanceof PublishFailedException e ? e.fault() : PublishFault.INVALID;
        meters.nacked(fault.name());
        LOG.debugf("Message not delivered channel=%s fault=%s", channel, fault);
        return message.nack(failure);
    }

    private static boolean isQueueFull(Throwable failure) {
        return failure instanceof PublishFailedException e && e.fault() == PublishFault.QUEUE_FULL;
    }
}
