package ai.artcafe.gateway.broker;

import io.nats.client.Connection;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Whether more waits for NATS than should. The client library can tell only under a lock that it
 * also holds for as long as it reconnects, so it is asked on a thread of its own, once in a while.
 * Thread-safe; nothing here blocks the caller.
 */
final class Congestion {

    private static final long SAMPLE_AFTER = 64;
    private static final long BYTES_THAT_COUNT_AS_A_MESSAGE = 16 * 1024;
    private static final long SAMPLE_PAUSE_NANOS = 1_000_000;

    private final BrokerConfig config;
    private final AtomicLong unsampled = new AtomicLong();
    private final AtomicBoolean sampling = new AtomicBoolean();
    private volatile boolean congested;

    Congestion(BrokerConfig config) {
        this.config = config;
    }

    boolean isCongested() {
        return congested;
    }

    /** A message of so many bytes was handed to the connection. */
    void added(Connection connection, int bytes) {
        long weight = 1 + bytes / BYTES_THAT_COUNT_AS_A_MESSAGE;
        if (unsampled.addAndGet(weight) >= SAMPLE_AFTER && sampling.compareAndSet(false, true)) {
            Thread.ofVirtual().name("congestion").start(() -> sample(connection));
        }
    }

    private void sample(Connection connection) {
        do {
            unsampled.set(0);
            congested =
                    connection.outgoingPendingMessageCount() > config.congestedMessages()
                            || connection.outgoingPendingBytes() > config.congestedBytes();
            if (congested) {
                LockSupport.parkNanos(SAMPLE_PAUSE_NANOS);
            }
        } while (congested && connection.getStatus() == Connection.Status.CONNECTED);
        congested = false;
        sampling.set(false);
    }
}
