package ai.artcafe.system.bench;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * WebSocket clients that send the same text frame as fast as the other side takes it. What they
 * have sent and received is exact.
 *
 * <p>They cost as little as clients can, so that the server is what is measured: the frames are
 * made beforehand and written many at a time, and of what comes back only the bytes are counted.
 */
final class SocketLoad implements AutoCloseable {

    /** Frames in one write. */
    private static final int BURST = 64;

    private static final int MAX_SHORT_FRAME = 125;

    private final Vertx vertx = Vertx.vertx();
    private final NetClient client = vertx.createNetClient();
    private final List<BareWebSocket> senders = new ArrayList<>();
    private final Buffer burst = Buffer.buffer();
    private final int frameBytes;
    private final LongAdder sent = new LongAdder();
    private final LongAdder receivedBytes = new LongAdder();
    private volatile long until;

    private SocketLoad(String frame) {
        byte[] text = frame.getBytes(StandardCharsets.UTF_8);
        if (text.length > MAX_SHORT_FRAME) {
            throw new IllegalArgumentException("frames may have " + MAX_SHORT_FRAME + " bytes");
        }
        Buffer masked = BareWebSocket.frame(frame);
        for (int i = 0; i < BURST; i++) {
            burst.appendBuffer(masked);
        }
        frameBytes = text.length + 2;
    }

    /**
     * Connects to each of the addresses.
     *
     * @param frame the text of the frame, at most 125 bytes
     */
    static SocketLoad connect(List<URI> addresses, String frame) throws Exception {
        SocketLoad load = new SocketLoad(frame);
        for (URI address : addresses) {
            load.senders.add(
                    BareWebSocket.open(
                                    load.vertx,
                                    load.client,
                                    address,
                                    bytes -> load.receivedBytes.add(bytes.length()))
                            .get(10, TimeUnit.SECONDS));
        }
        return load;
    }

    /** Sends for this long and returns when the last frame is on its way. */
    void send(Duration duration) throws InterruptedException {
        until = System.nanoTime() + duration.toNanos();
        CountDownLatch done = new CountDownLatch(senders.size());
        for (BareWebSocket sender : senders) {
            sender.context().runOnContext(_ -> pump(sender, done));
        }
        done.await();
    }

    long sent() {
        return sent.sum();
    }

    /** Frames that came back, when they are the frames that were sent. */
    long echoed() {
        return receivedBytes.sum() / frameBytes;
    }

    private void pump(BareWebSocket sender, CountDownLatch done) {
        NetSocket socket = sender.socket();
        if (System.nanoTime() >= until) {
            done.countDown();
            return;
        }
        socket.write(burst);
        sent.add(BURST);
        if (socket.writeQueueFull()) {
            socket.drainHandler(_ -> {
                socket.drainHandler(null);
                pump(sender, done);
            });
        } else {
            sender.context().runOnContext(_ -> pump(sender, done));
        }
    }

    @Override
    public void close() throws Exception {
        client.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }
}
