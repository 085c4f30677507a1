package ai.artcafe.nats;

import ai.artcafe.model.subject.Subject;
import ai.artcafe.nats.ack.Acknowledgement;
import ai.artcafe.nats.ack.Answer;
import ai.artcafe.nats.ack.AutoAcknowledgement;
import ai.artcafe.nats.ack.ManualAcknowledgement;
import ai.artcafe.nats.connection.LastingConnection;
import ai.artcafe.nats.fault.FailureStrategy;
import ai.artcafe.nats.telemetry.ConnectorMeters;
import ai.artcafe.nats.telemetry.IncomingMeters;
import io.nats.client.Connection;
import io.nats.client.Dispatcher;
import io.nats.client.Message;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * One subscription as a channel. The dispatcher puts messages into a bounded queue; the application
 * draws from it as fast as it asks. A new connection gets the subscription anew, the queue stays.
 */
final class IncomingChannel {

    private static final Logger LOG = Logger.getLogger(IncomingChannel.class);

    private static final long LOG_EVERY_NANOS = TimeUnit.SECONDS.toNanos(10);

    /** Room for what the dispatcher has not yet put into the channel's own queue: a burst. */
    private static final long TRANSIT_MESSAGES = 16_384;

    private static final long TRANSIT_BYTES = 16L << 20;

    private final NatsConnectorIncomingConfiguration config;
    private final String channel;
    private final String subject;
    private final boolean batch;
    private final int batchSize;
    private final LastingConnection connection;
    private final PendingMessages pending;
    private final Outstanding outstanding = new Outstanding();
    private final IncomingMeters meters;
    private final Acknowledgement acknowledgement;
    private final FailureStrategy failureStrategy;
    private final MessageStream stream;
    private final AtomicLong droppedByEarlierDispatchers = new AtomicLong();
    private final AtomicLong overflowLoggedAt;

    private volatile @Nullable Dispatcher dispatcher;
    private volatile @Nullable Throwable failure;

    IncomingChannel(
            NatsConnectorIncomingConfiguration config,
            LastingConnection connection,
            Executor context,
            ConnectorMeters meters) {
        this.config = config;
        this.channel = config.getChannel();
        this.subject = subject(config.getSubject(), channel);
        this.batch = config.getBatch();
        this.batchSize = Limits.positive(config.getBatchSize(), "batch-size", channel);
        this.connection = connection;
        this.pending =
                new PendingMessages(
                        Limits.positive(
                                config.getMaxPendingMessages(), "max-pending-messages", channel),
                        Limits.positive(config.getMaxPendingBytes(), "max-pending-bytes", channel));
        this.meters = meters.incoming(channel, pending::size, this::overflow);
        this.acknowledgement =
                config.getAutoAcknowledgement()
                        ? new AutoAcknowledgement()
                        : new ManualAcknowledgement(channel, connection, this.meters);
        this.failureStrategy =
                FailureStrategy.named(
                        config.getFailureStrategy(), channel, acknowledgement, this::stop);
        this.stream =
                new MessageStream(
                        context, batch ? this::nextBatch : this::nextSingle, this::cancelled);
        this.overflowLoggedAt = new AtomicLong(System.nanoTime() - LOG_EVERY_NANOS);
    }

    Flow.Publisher<? extends org.eclipse.microprofile.reactive.messaging.Message<?>> stream() {
        connection.onConnection(this::subscribe);
        return stream;
    }

    /** Messages dropped since the start, here and before they came here. */
    long overflow() {
        Dispatcher current = dispatcher;
        return pending.dropped()
                + droppedByEarlierDispatchers.get()
                + (current == null ? 0 : current.getDroppedCount());
    }

    /** Whether it still takes messages; false after a failure that stopped it. */
    Optional<Throwable> failure() {
        return Optional.ofNullable(failure);
    }

    ChannelHealth health() {
        return new ChannelHealth(
                channel, config.getHealthEnabled(), failure(), connection, overflow());
    }

    /** Takes nothing new, and waits for its {@code drain-timeout} until what it has is settled. */
    void drain() {
        Duration patience = Duration.ofMillis(config.getDrainTimeout());
        long end = System.nanoTime() + patience.toNanos();
        unsubscribe(patience);
        Duration left = Duration.ofNanos(Math.max(0, end - System.nanoTime()));
        if (stream.isDone() || !outstanding.awaitNone(left)) {
            giveBack();
        }
        if (outstanding.count() > 0) {
            LOG.warnf(
                    "Stopped with messages unprocessed channel=%s messages=%d",
                    channel, outstanding.count());
        }
    }

    private void subscribe(Connection current) {
        if (stream.isDone()) {
            return;
        }
        Dispatcher previous = dispatcher;
        if (previous != null) {
            droppedByEarlierDispatchers.addAndGet(previous.getDroppedCount());
        }
        Dispatcher made = current.createDispatcher(this::received);
        made.setPendingLimits(
                Math.max(TRANSIT_MESSAGES, config.getMaxPendingMessages()),
                Math.max(TRANSIT_BYTES, config.getMaxPendingBytes()));
        config.getQueueGroup()
                .ifPresentOrElse(
                        group -> made.subscribe(subject, group), () -> made.subscribe(subject));
        dispatcher = made;
    }

    private static String subject(String text, String channel) {
        return Subject.parse(text)
                .map(Subject::value)
                .orElseThrow(() ->
                        new IllegalArgumentException(
                                "subject of channel '%s' is not a NATS subject: %s"
                                        .formatted(channel, text)));
    }

    private void received(Message message) {
        if (stream.isDone()) {
            acknowledgement.answer(List.of(message), Answer.NAK);
            return;
        }
        outstanding.add(1);
        if (pending.offer(message)) {
            stream.wake();
        } else {
            outstanding.remove(1);
            logOverflow();
        }
    }

    private Optional<org.eclipse.microprofile.reactive.messaging.Message<?>> nextBatch() {
        List<Message> messages = pending.poll(batchSize);
        if (messages.isEmpty()) {
            return Optional.empty();
        }
        meters.emitted(messages.size());
        return Optional.of(
                new IncomingMessage<>(
                        messages.stream().map(Message::getData).toList(),
                        new IncomingNatsBatchMetadata(messages),
                        () -> processed(messages),
                        reason -> failed(messages, reason)));
    }

    private Optional<org.eclipse.microprofile.reactive.messaging.Message<?>> nextSingle() {
        List<Message> messages = pending.poll(1);
        if (messages.isEmpty()) {
            return Optional.empty();
        }
        meters.emitted(1);
        Message message = messages.getFirst();
        return Optional.of(
                new IncomingMessage<>(
                        message.getData(),
                        new IncomingNatsMetadata(message),
                        () -> processed(messages),
                        reason -> failed(messages, reason)));
    }

    private CompletionStage<Void> processed(List<Message> messages) {
        acknowledgement.answer(messages, Answer.ACK);
        outstanding.remove(messages.size());
        return CompletableFuture.completedStage(null);
    }

    private CompletionStage<Void> failed(List<Message> messages, Throwable reason) {
        try {
            return failureStrategy.failed(messages, reason);
        } finally {
            outstanding.remove(messages.size());
        }
    }

    private void stop(Throwable reason) {
        failure = reason;
        stream.cancel();
    }

    private void cancelled() {
        Thread.startVirtualThread(() -> {
            unsubscribe(Duration.ofSeconds(1));
            giveBack();
        });
    }

    /** The sender of what nobody will process is told at once. */
    private void giveBack() {
        List<Message> left = pending.poll(Integer.MAX_VALUE);
        if (!left.isEmpty()) {
            acknowledgement.answer(left, Answer.NAK);
            outstanding.remove(left.size());
            LOG.warnf("Messages given back channel=%s messages=%d", channel, left.size());
        }
    }

    private void unsubscribe(Duration patience) {
        Dispatcher current = dispatcher;
        if (current == null || !current.isActive() || !connection.isConnected()) {
            return;
        }
        try {
            current.drain(patience).get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IllegalStateException | ExecutionException | TimeoutException e) {
            LOG.warnf("Subscription not drained channel=%s reason=%s", channel, e.toString());
        }
    }

    private void logOverflow() {
        long now = System.nanoTime();
        long last = overflowLoggedAt.get();
        if (now - last >= LOG_EVERY_NANOS && overflowLoggedAt.compareAndSet(last, now)) {
            LOG.warnf(
                    "Messages dropped, the application is too slow channel=%s dropped=%d pending=%d",
                    channel, overflow(), pending.size());
        }
    }
}
