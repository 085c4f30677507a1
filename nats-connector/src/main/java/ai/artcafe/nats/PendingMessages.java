package ai.artcafe.nats;

import io.nats.client.Message;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The messages of a channel that wait for the application, in order of arrival. Bounded in number
 * and in bytes of payload: what arrives when it is full is dropped and counted. Thread-safe.
 */
final class PendingMessages {

    private final int maxMessages;
    private final long maxBytes;

    private final ReentrantLock lock = new ReentrantLock();
    private final ArrayDeque<Message> messages = new ArrayDeque<>();
    private long bytes;
    private long dropped;

    PendingMessages(int maxMessages, long maxBytes) {
        this.maxMessages = maxMessages;
        this.maxBytes = maxBytes;
    }

    /** False when it was dropped. A message larger than the byte limit is taken when alone. */
    boolean offer(Message message) {
        int size = message.getData().length;
        lock.lock();
        try {
            boolean full =
                    messages.size() >= maxMessages
                            || (bytes + size > maxBytes && !messages.isEmpty());
            if (full) {
                dropped++;
                return false;
            }
            messages.add(message);
            bytes += size;
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** The oldest messages, at most that many; empty when there are none. */
    List<Message> poll(int max) {
        lock.lock();
        try {
            int size = Math.min(max, messages.size());
            List<Message> taken = new ArrayList<>(size);
            for (int i = 0; i < size; i++) {
                Message message = messages.remove();
                bytes -= message.getData().length;
                taken.add(message);
            }
            return taken;
        } finally {
            lock.unlock();
        }
    }

    int size() {
        lock.lock();
        try {
            return messages.size();
        } finally {
            lock.unlock();
        }
    }

    /** Messages dropped so far. */
    long dropped() {
        lock.lock();
        try {
            return dropped;
        } finally {
            lock.unlock();
        }
    }
}
