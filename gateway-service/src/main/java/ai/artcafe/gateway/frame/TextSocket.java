package ai.artcafe.gateway.frame;

import ai.artcafe.model.problem.ErrorCode;
import io.netty.channel.EventLoop;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocketFrame;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import org.jboss.logging.Logger;

/**
 * An open WebSocket: whole text messages come in, what goes out waits in an {@link Outbox}, and it
 * ends once. Its state belongs to its event loop; what other threads may call says so.
 */
public final class TextSocket {

    private static final Logger LOG = Logger.getLogger(TextSocket.class);

    private static final int MAX_REASON = 120;
    private static final int ABNORMAL = 1006;

    /** Who is at this end of it; called on the event loop. */
    public interface Owner {

        /** Takes a message. Whatever it throws is answered with {@link ErrorCode#INTERNAL}. */
        void take(byte[] text);

        /** What came was no use; the socket goes on. */
        void refuse(ErrorCode code, String detail);

        /**
         * A message came that is larger than it may be, and is lost: the socket is to be closed.
         */
        void tooLarge(String detail);

        /** A data frame was dealt with, also one that completed no message. */
        void frameTaken();

        /**
         * Nothing comes and nothing goes from here on; called once.
         *
         * @param closeCode the other side's, when it has ended it with a closing handshake
         */
        void ended(Optional<Integer> closeCode);
    }

    private final String connectionId;
    private final ServerWebSocket socket;
    private final EventLoop loop;
    private final Clock clock;
    private final IntSupplier maxMessageBytes;
    private final FrameAssembly assembly;
    private final Outbox outbox;
    private final Owner owner;
    private final CountDownLatch end = new CountDownLatch(1);

    private boolean ended;
    private long lastSeen; // epoch milliseconds

    /**
     * @param maxMessageBytes how large a message may be that comes in; asked for each
     * @param outboundBytes how much may wait to go out
     * @param watcher watches the outbox
     */
    public TextSocket(
            String connectionId,
            ServerWebSocket socket,
            EventLoop loop,
            Clock clock,
            IntSupplier maxMessageBytes,
            long outboundBytes,
            Owner owner,
            Outbox.Watcher watcher) {
        this.connectionId = connectionId;
        this.socket = socket;
        this.loop = loop;
        this.clock = clock;
        this.maxMessageBytes = maxMessageBytes;
        this.assembly = new FrameAssembly(maxMessageBytes);
        this.outbox = new Outbox(socket, loop, outboundBytes, watcher);
        this.owner = owner;
        this.lastSeen = clock.millis();
    }

    /** Begins to hear what comes. */
    public void listen() {
        socket.frameHandler(this::take);
        socket.pongHandler(_ -> lastSeen = clock.millis());
        socket.exceptionHandler(e ->
                LOG.debugf("socket failed connection=%s reason=%s", connectionId, e.toString()));
        socket.closeHandler(_ -> end(closeCode()));
    }

    /** Without a closing handshake there is no code, or one that says so. */
    private Optional<Integer> closeCode() {
        return Optional.ofNullable(socket.closeStatusCode())
                .map(Short::intValue)
                .filter(code -> code != ABNORMAL);
    }

    private void take(WebSocketFrame frame) {
        if (ended) {
            return;
        }
        lastSeen = clock.millis();
        if (frame.isText() || frame.isContinuation() || frame.isBinary()) {
            switch (assembly.add(frame)) {
                case FrameAssembly.Result.Text(byte[] text) -> hand(text);
                case FrameAssembly.Result.Partial() -> {}
                case FrameAssembly.Result.Binary() ->
                        owner.refuse(ErrorCode.INVALID_REQUEST, "frames must be text, not binary");
                case FrameAssembly.Result.TooLarge() ->
                        owner.tooLarge("a frame may have " + maxMessageBytes.getAsInt() + " bytes");
            }
            owner.frameTaken();
        }
    }

    private void hand(byte[] text) {
        try {
            owner.take(text);
        } catch (RuntimeException e) {
            LOG.errorf(e, "a frame could not be answered connection=%s", connectionId);
            owner.refuse(ErrorCode.INTERNAL, "the frame could not be answered");
        }
    }

    public Outbox outbox() {
        return outbox;
    }

    /** When something last came, in epoch milliseconds; pongs are something, too. */
    public long lastSeen() {
        return lastSeen;
    }

    /** Reads no further; whoever sends has to wait. */
    public void pause() {
        socket.pause();
    }

    public void resume() {
        if (!ended) {
            socket.resume();
        }
    }

    public void ping() {
        socket.writePing(Buffer.buffer());
    }

    /** Runs something on the event loop, unless it has ended by then; any thread may call it. */
    public void onLoop(Runnable task) {
        loop.execute(() -> runIfOpen(task));
    }

    /** The same after so many milliseconds; any thread may call it. */
    public void later(long millis, Runnable task) {
        loop.schedule(() -> runIfOpen(task), millis, TimeUnit.MILLISECONDS);
    }

    private void runIfOpen(Runnable task) {
        if (!ended) {
            task.run();
        }
    }

    /** Whether this thread is its event loop. */
    public boolean isOnLoop() {
        return loop.inEventLoop();
    }

    public boolean isEnded() {
        return ended;
    }

    /**
     * Closes it, unless it has ended.
     *
     * @param code one that sockets are closed with
     */
    public void close(ErrorCode code, String detail) {
        if (!ended) {
            socket.close(
                    code.closeCode().orElseThrow().shortValue(),
                    detail.substring(0, Math.min(detail.length(), MAX_REASON)));
            end(Optional.empty());
        }
    }

    private void end(Optional<Integer> closeCode) {
        if (ended) {
            return;
        }
        ended = true;
        outbox.close();
        try {
            owner.ended(closeCode);
        } finally {
            end.countDown();
        }
    }

    /** Waits until its owner knows that it has ended; any thread but the event loop may call it. */
    public boolean awaitEnd(Duration patience) {
        try {
            return end.await(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
