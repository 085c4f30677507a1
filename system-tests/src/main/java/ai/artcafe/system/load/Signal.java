package ai.artcafe.system.load;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Guards what a connection's reader learns, and wakes up who waits for it. */
final class Signal {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private Optional<String> end = Optional.empty(); // guarded by lock

    /** Changes something that others may wait for. */
    void change(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Reads something that the guarded changes write. */
    <T> T read(Supplier<T> value) {
        lock.lock();
        try {
            return value.get();
        } finally {
            lock.unlock();
        }
    }

    /** Nothing will change any more; who waits is told the first reason given. */
    void end(String reason) {
        change(() -> {
            if (end.isEmpty()) {
                end = Optional.of(reason);
            }
        });
    }

    boolean hasEnded() {
        return read(() -> end.isPresent());
    }

    /** Returns whether it has come about in time. */
    boolean await(Duration atMost, BooleanSupplier condition) throws IOException {
        long left = atMost.toNanos();
        lock.lock();
        try {
            while (!condition.getAsBoolean()) {
                if (end.isPresent()) {
                    throw new IOException("the connection has ended: " + end.get());
                }
                if (left <= 0) {
                    return false;
                }
                left = changed.awaitNanos(left);
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            lock.unlock();
        }
    }

    /**
     * @throws IOException when it has not come about in time, or cannot any more
     */
    void expect(Duration atMost, String what, BooleanSupplier condition) throws IOException {
        if (!await(atMost, condition)) {
            throw new IOException(
                    "not within "
                            + TimeUnit.NANOSECONDS.toSeconds(atMost.toNanos())
                            + " s: "
                            + what);
        }
    }
}
