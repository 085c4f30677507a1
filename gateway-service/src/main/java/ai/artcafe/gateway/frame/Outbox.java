package ai.artcafe.gateway.frame;

import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocketFrameType;
import io.vertx.core.http.impl.ws.WebSocketFrameImpl;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What waits to be sent to one socket, bounded in bytes. Messages come from any thread; the
 * socket's event loop alone writes, and stops while the network takes no more.
 */
public final class Outbox {

    private static final int NETWORK_BUFFER = 128 * 1024;
    private static final long OVERHEAD = 64;

    /** What the owner of the outbox wants to know. */
    public interface Watcher {
        /** A message has been handed to the network. */
        void delivered(MessageFrame message);

        /** It has begun to fill: half of what may wait does. */
        void filling();

        /**
         * More came than may wait, and was not taken. Called by any thread, any number of times.
         */
        void overflowed();

        /** For an owner that looks for itself. */
        Watcher NOBODY =
                new Watcher() {
                    @Override
                    public void delivered(MessageFrame message) {}

                    @Override
                    public void filling() {}

                    @Override
                    public void overflowed() {}
                };
    }

    /**
     * @param message the message that the text is of, if it is of one
     */
    private record Waiting(byte[] text, Optional<MessageFrame> message) {

        static Waiting of(MessageFrame message) {
            return new Waiting(message.text(), Optional.of(message));
        }

        long size() {
            return OVERHEAD + text.length;
        }
    }

    private final ServerWebSocket socket;
    private final EventLoop loop;
    private final long maxBytes;
    private final Watcher watcher;

    private final Queue<Waiting> queue = new ConcurrentLinkedQueue<>();
    private final AtomicLong waitingBytes = new AtomicLong();
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private final Runnable drain = this::drainScheduled;
    private boolean warned; // of the event loop only
    private boolean closed; // of the event loop only

    public Outbox(ServerWebSocket socket, EventLoop loop, long maxBytes, Watcher watcher) {
        this.socket = socket;
        this.loop = loop;
        this.maxBytes = maxBytes;
        this.watcher = watcher;
        socket.setWriteQueueMaxSize(NETWORK_BUFFER);
        socket.drainHandler(_ -> drain());
    }

    /** Takes a message, from any thread; false when there is no room for it. */
    public boolean offer(MessageFrame message) {
        if (!add(Waiting.of(message))) {
            return false;
        }
        if (scheduled.compareAndSet(false, true)) {
            loop.execute(drain);
        }
        return true;
    }

    /** Takes a frame that is not counted, on the event loop. */
    public void send(byte[] text) {
        if (closed) {
            return;
        }
        if (queue.isEmpty() && !socket.writeQueueFull()) {
            write(text);
        } else {
            add(new Waiting(text, Optional.empty()));
        }
    }

    /** How much waits for the network to take it, in bytes; any thread may ask. */
    public long waitingBytes() {
        return waitingBytes.get();
    }

    /** Takes a message, on the event loop. */
    public void send(MessageFrame message) {
        if (add(Waiting.of(message))) {
            drain();
        }
    }

    /** Whether nothing waits to be written. */
    public boolean isEmpty() {
        return queue.isEmpty();
    }

    /** Writes no more, on the event loop; what waits is lost and not counted. */
    public void close() {
        closed = true;
        queue.clear();
    }

    private boolean add(Waiting waiting) {
        if (waitingBytes.addAndGet(waiting.size()) > maxBytes) {
            waitingBytes.addAndGet(-waiting.size());
            watcher.overflowed();
            return false;
        }
        queue.add(waiting);
        return true;
    }

    private void drainScheduled() {
        scheduled.set(false);
        drain();
    }

    private void drain() {
        while (!closed && !socket.writeQueueFull()) {
            Optional<Waiting> next = Optional.ofNullable(queue.poll());
            if (next.isEmpty()) {
                warned = false;
                return;
            }
            waitingBytes.addAndGet(-next.get().size());
            write(next.get().text());
            next.get().message().ifPresent(watcher::delivered);
        }
        if (!closed && !warned && waitingBytes.get() > maxBytes / 2) {
            warned = true;
            watcher.filling();
        }
    }

    /** A text frame from bytes: Vert.x' own way takes a detour through a string. */
    private void write(byte[] text) {
        socket.writeFrame(
                new WebSocketFrameImpl(
                        WebSocketFrameType.TEXT, Unpooled.wrappedBuffer(text), true));
    }
}
