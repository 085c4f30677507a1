package ai.artcafe.system.bench;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * WebSocket clients that send the same frame as fast as the other side takes it. What they have
 * sent and received is exact.
 */
final class SocketLoad implements AutoCloseable {

    /** Frames written before the event loop looks at anything else. */
    private static final int BURST = 64;

    /**
     * A socket and the event loop that it lives on: written to from elsewhere it would cost more.
     */
    private record Sender(WebSocket socket, Context context) {}

    private final List<Sender> senders;
    private final WebSocketClient client;
    private final Vertx vertx;
    private final String frame;
    private final LongAdder sent = new LongAdder();
    private final LongAdder received = new LongAdder();
    private volatile long until;

    private SocketLoad(Vertx vertx, WebSocketClient client, List<Sender> senders, String frame) {
        this.vertx = vertx;
        this.client = client;
        this.senders = senders;
        this.frame = frame;
        senders.forEach(sender -> sender.socket().textMessageHandler(_ -> received.increment()));
    }

    static SocketLoad connect(List<URI> addresses, String frame) throws Exception {
        Vertx vertx = Vertx.vertx();
        WebSocketClient client =
                vertx.createWebSocketClient(
                        new WebSocketClientOptions().setMaxConnections(addresses.size()));
        List<Sender> senders = new ArrayList<>();
        for (URI address : addresses) {
            CompletableFuture<Sender> connecting = new CompletableFuture<>();
            vertx.runOnContext(_ ->
                    client.connect(options(address))
                            .map(socket -> new Sender(socket, vertx.getOrCreateContext()))
                            .onSuccess(connecting::complete)
                            .onFailure(connecting::completeExceptionally));
            senders.add(connecting.get(10, TimeUnit.SECONDS));
        }
        return new SocketLoad(vertx, client, senders, frame);
    }

    private static WebSocketConnectOptions options(URI address) {
        String query = address.getRawQuery() == null ? "" : "?" + address.getRawQuery();
        return new WebSocketConnectOptions()
                .setHost(address.getHost())
                .setPort(address.getPort())
                .setURI(address.getRawPath() + query);
    }

    /** Sends for this long and returns when the last frame is on its way. */
    void send(Duration duration) throws InterruptedException {
        until = System.nanoTime() + duration.toNanos();
        CountDownLatch done = new CountDownLatch(senders.size());
        for (Sender sender : senders) {
            sender.context().runOnContext(_ -> pump(sender, done));
        }
        done.await();
    }

    long sent() {
        return sent.sum();
    }

    long received() {
        return received.sum();
    }

    private void pump(Sender sender, CountDownLatch done) {
        WebSocket socket = sender.socket();
        for (int i = 0; i < BURST && !socket.writeQueueFull(); i++) {
            if (System.nanoTime() >= until) {
                done.countDown();
                return;
            }
            socket.writeTextMessage(frame);
            sent.increment();
        }
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
