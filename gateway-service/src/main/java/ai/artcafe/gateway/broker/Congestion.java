package ai.artcafe.gateway.broker;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * Whether more waits for NATS than should. The client library can tell only under a lock that it
 * also holds for as long as it writes or reconnects, so it is asked on a thread of its own, once in
 * a while; until it has answered, all that was handed over since counts as waiting. Thread-safe;
 * nothing here blocks the caller.
 */
final class Congestion {

    /** It is asked when this part of what may wait has been handed over. */
    private static final int SAMPLE_PART = 256;

    private static final long SAMPLE_PAUSE_NANOS = 1_000_000;

    /**
     * What the connection has taken and not written yet.
     *
     * @param messages 0 also when there is no connection
     */
    record Waiting(long messages, long bytes) {

        static final Waiting NOTHING = new Waiting(0, 0);
    }

    private final long maxMessages;
    private final long maxBytes;

    /** So many bytes are as much as a message by itself. */
    private final long bytesOfMessage;

    private final Supplier<Waiting> connection;
    private final AtomicLong unsampled = new AtomicLong(); // bytes
    private final AtomicBoolean sampling = new AtomicBoolean();
    private volatile boolean congested;

    /**
     * @param connection may block
     */
    Congestion(BrokerConfig config, Supplier<Waiting> connection) {
        this(config.congestedMessages(), config.congestedBytes(), connection);
    }

    Congestion(long maxMessages, long maxBytes, Supplier<Waiting> connection) {
        this.maxMessages = maxMessages;
        this.maxBytes = maxBytes;
        this.bytesOfMessage = maxBytes / maxMessages;
        this.connection = connection;
    }

    boolean isCongested() {
        return congested || unsampled.get() > maxBytes;
    }

    /** A message of so many bytes was handed to the connection. */
    void added(int bytes) {
        if (unsampled.addAndGet(bytesOfMessage + bytes) > maxBytes / SAMPLE_PART
                && sampling.compareAndSet(false, true)) {
            Thread.ofVirtual().name("congestion").start(this::sample);
        }
    }

    private void sample() {
        do {
            unsampled.set(0);
            Waiting waiting = connection.get();
            congested = waiting.messages() > maxMessages || waiting.bytes() > maxBytes;
            if (congested) {
                LockSupport.parkNanos(SAMPLE_PAUSE_NANOS);
            }
        } while (isCongested());
        sampling.set(false);
    }
}
