package ai.artcafe.system.bench;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** Very many agents' WebSockets, most of which only listen. */
final class SocketCrowd implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 120;

    private final Vertx vertx = Vertx.vertx();
    private final NetClient client =
            vertx.createNetClient(new NetClientOptions().setReceiveBufferSize(16 * 1024));
    private final List<BareWebSocket> sockets = new ArrayList<>();
    private final LongAdder receivedBytes = new LongAdder();
    private final AtomicInteger closed = new AtomicInteger();

    /**
     * Opens all of them at once.
     *
     * @return how many were let in
     */
    int open(List<URI> addresses) {
        List<CompletableFuture<BareWebSocket>> opening =
                addresses.stream()
                        .map(address ->
                                BareWebSocket.open(
                                                vertx,
                                                client,
                                                address,
                                                bytes -> receivedBytes.add(bytes.length()))
                                        .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS))
                        .toList();
        int before = sockets.size();
        for (CompletableFuture<BareWebSocket> one : opening) {
            try {
                BareWebSocket socket = one.join();
                socket.context()
                        .runOnContext(
                                _ -> socket.socket().closeHandler(_ -> closed.incrementAndGet()));
                sockets.add(socket);
            } catch (CompletionException e) {
                System.out.println("not let in: " + e.getCause());
            }
        }
        return sockets.size() - before;
    }

    /** How many of them are open. */
    int size() {
        return sockets.size() - closed.get();
    }

    /** Has one of them send a frame. */
    void send(int socket, Buffer frame) {
        sockets.get(socket).socket().write(frame);
    }

    /** Has all of them send a frame. */
    void sendAll(Buffer frame) {
        sockets.forEach(socket -> socket.socket().write(frame));
    }

    /** What has come so far, to all of them together. */
    long receivedBytes() {
        return receivedBytes.sum();
    }

    @Override
    public void close() throws Exception {
        client.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
        vertx.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }
}
