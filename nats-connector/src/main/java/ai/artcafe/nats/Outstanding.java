package ai.artcafe.nats;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** How many messages are not settled yet, and a way to wait until none is. Thread-safe. */
final class Outstanding {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition none = lock.newCondition();
    private int count;

    void add(int more) {
        lock.lock();
        try {
            count += more;
        } finally {
            lock.unlock();
        }
    }

    void remove(int settled) {
        lock.lock();
        try {
            count -= settled;
            if (count == 0) {
                none.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    int count() {
        lock.lock();
        try {
            return count;
        } finally {
            lock.unlock();
        }
    }

    /** Waits for zero; false when the patience or the thread's own ended first. */
    boolean awaitNone(Duration patience) {
        long nanos = patience.toNanos();
        lock.lock();
        try {
            while (count > 0) {
                if (nanos <= 0) {
                    return false;
                }
                nanos = none.awaitNanos(nanos);
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }
}
