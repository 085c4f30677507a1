package ai.artcafe.nats;

import io.nats.client.NKey;
import io.nats.client.Options;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;

/**
 * How our services connect to NATS: on virtual threads that all connections share, reconnecting
 * without end, with bounded queues, and with every fault logged. A connection made so costs no
 * platform thread.
 *
 * <pre>{@code
 * NatsOptions.named("tracker").urls(config.url()).seed(seeds.seed("tracker")).build()
 * }</pre>
 *
 * @param name the connection's name, which the server shows
 * @param urls servers of one cluster, separated by commas
 * @param seed what it signs the server's nonce with
 * @param inboxPrefix what its reply subjects begin with, with the final dot
 * @param bufferBytes size of the read buffer and of the write buffer
 * @param maxQueued messages that may wait to be written to the server
 * @param reconnectWait pause before a reconnect, to which up to {@link #RECONNECT_JITTER} is added
 */
public record NatsOptions(
        String name,
        String urls,
        Optional<Seed> seed,
        String inboxPrefix,
        int bufferBytes,
        int maxQueued,
        Duration reconnectWait) {

    /** Buffers of a connection that carries little, where there are many of them. */
    public static final int SMALL_BUFFER_BYTES = 4096;

    public static final Duration RECONNECT_WAIT = Duration.ofMillis(100);

    public static final Duration RECONNECT_JITTER = Duration.ofMillis(400);

    private static final ThreadFactory THREADS = Thread.ofVirtual().name("nats-", 0).factory();

    private static final ExecutorService EXECUTOR = Executors.newThreadPerTaskExecutor(THREADS);

    private static final ScheduledThreadPoolExecutor TIMERS = timers();

    public NatsOptions {
        if (name.isBlank()) {
            throw new IllegalArgumentException("name must not be blank");
        }
        if (urls.isBlank()) {
            throw new IllegalArgumentException("urls must not be blank");
        }
        if (!inboxPrefix.endsWith(".")) {
            throw new IllegalArgumentException("inboxPrefix must end in a dot: " + inboxPrefix);
        }
        if (bufferBytes < 512) {
            throw new IllegalArgumentException("bufferBytes must be at least 512: " + bufferBytes);
        }
        if (maxQueued < 1) {
            throw new IllegalArgumentException("maxQueued must be positive: " + maxQueued);
        }
    }

    /** The defaults, under this connection name. */
    public static NatsOptions named(String name) {
        return new NatsOptions(
                name,
                Options.DEFAULT_URL,
                Optional.empty(),
                Options.DEFAULT_INBOX_PREFIX,
                Options.DEFAULT_BUFFER_SIZE,
                Options.DEFAULT_MAX_MESSAGES_IN_OUTGOING_QUEUE,
                RECONNECT_WAIT);
    }

    public NatsOptions urls(String newUrls) {
        return new NatsOptions(
                name, newUrls, seed, inboxPrefix, bufferBytes, maxQueued, reconnectWait);
    }

    public NatsOptions seed(Seed newSeed) {
        return new NatsOptions(
                name,
                urls,
                Optional.of(newSeed),
                inboxPrefix,
                bufferBytes,
                maxQueued,
                reconnectWait);
    }

    /** Such as {@code _INBOX_MON.}; the user's permissions must allow it. */
    public NatsOptions inboxPrefix(String newPrefix) {
        return new NatsOptions(name, urls, seed, newPrefix, bufferBytes, maxQueued, reconnectWait);
    }

    public NatsOptions bufferBytes(int newBytes) {
        return new NatsOptions(name, urls, seed, inboxPrefix, newBytes, maxQueued, reconnectWait);
    }

    public NatsOptions maxQueued(int newMax) {
        return new NatsOptions(name, urls, seed, inboxPrefix, bufferBytes, newMax, reconnectWait);
    }

    public NatsOptions reconnectWait(Duration newWait) {
        return new NatsOptions(name, urls, seed, inboxPrefix, bufferBytes, maxQueued, newWait);
    }

    /** The same as a builder, for what is special about one connection. */
    public Options.Builder toBuilder() {
        Options.Builder builder =
                Options.builder()
                        .servers(urls.strip().split("\\s*,\\s*"))
                        .connectionName(name)
                        .inboxPrefix(inboxPrefix)
                        .bufferSize(bufferBytes)
                        .maxMessagesInOutgoingQueue(maxQueued)
                        .maxReconnects(-1)
                        .reconnectWait(reconnectWait)
                        .reconnectJitter(RECONNECT_JITTER)
                        .executor(EXECUTOR)
                        .scheduledExecutor(TIMERS)
                        .connectThreadFactory(THREADS)
                        .callbackThreadFactory(THREADS)
                        .errorListener(new LoggingErrorListener())
                        .connectionListener(new LoggingConnectionListener());
        seed.map(Seed::key).map(NatsOptions::signingWith).ifPresent(builder::authHandler);
        return builder;
    }

    public Options build() {
        return toBuilder().build();
    }

    private static NKeyAuthentication signingWith(NKey key) {
        return new NKeyAuthentication(key);
    }

    private static ScheduledThreadPoolExecutor timers() {
        ThreadFactory daemon = Thread.ofPlatform().name("nats-timer-", 0).daemon().factory();
        ScheduledThreadPoolExecutor timers = new ScheduledThreadPoolExecutor(2, daemon);
        timers.setRemoveOnCancelPolicy(true);
        timers.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        return timers;
    }
}
