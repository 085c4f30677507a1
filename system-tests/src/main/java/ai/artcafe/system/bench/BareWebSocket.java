package ai.artcafe.system.bench;

import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;

/**
 * A WebSocket that costs its client as little as one can: what it sends was made beforehand, and
 * what comes is bytes that nobody looks into.
 *
 * @param context the event loop that it lives on
 */
record BareWebSocket(NetSocket socket, Context context) {

    private static final int TEXT_FRAME = 0x81;
    private static final int MASKED = 0x80;
    private static final int TWO_BYTES = 126;
    private static final String END_OF_HEADERS = "\r\n\r\n";

    /**
     * Opens one; fails when it is not let in.
     *
     * @param received what comes after the upgrade
     */
    static CompletableFuture<BareWebSocket> open(
            Vertx vertx, NetClient client, URI address, Handler<Buffer> received) {
        CompletableFuture<BareWebSocket> opening = new CompletableFuture<>();
        vertx.runOnContext(_ -> connect(vertx, client, address, received, opening));
        return opening;
    }

    private static void connect(
            Vertx vertx,
            NetClient client,
            URI address,
            Handler<Buffer> received,
            CompletableFuture<BareWebSocket> opening) {
        Context context = vertx.getOrCreateContext();
        client.connect(address.getPort(), address.getHost())
                .onFailure(opening::completeExceptionally)
                .onSuccess(socket -> {
                    Buffer head = Buffer.buffer();
                    socket.closeHandler(_ ->
                            opening.completeExceptionally(
                                    new IllegalStateException("closed before it was let in")));
                    socket.handler(bytes -> {
                        String text =
                                head.appendBuffer(bytes).toString(StandardCharsets.ISO_8859_1);
                        if (text.contains(END_OF_HEADERS)) {
                            upgraded(text, new BareWebSocket(socket, context), received, opening);
                        }
                    });
                    socket.write(upgrade(address));
                });
    }

    private static void upgraded(
            String answer,
            BareWebSocket made,
            Handler<Buffer> received,
            CompletableFuture<BareWebSocket> opening) {
        if (!answer.startsWith("HTTP/1.1 101")) {
            opening.completeExceptionally(new IllegalStateException("refused: " + answer));
            return;
        }
        made.socket().handler(received);
        opening.complete(made);
    }

    private static String upgrade(URI address) {
        String query = address.getRawQuery() == null ? "" : "?" + address.getRawQuery();
        return "GET "
                + address.getRawPath()
                + query
                + " HTTP/1.1\r\nHost: "
                + address.getAuthority()
                + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA=="
                + END_OF_HEADERS;
    }

    /** A text frame; its mask of zeros leaves the text as it is. */
    static Buffer frame(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        Buffer frame = Buffer.buffer().appendByte((byte) TEXT_FRAME);
        if (bytes.length < TWO_BYTES) {
            frame.appendByte((byte) (MASKED | bytes.length));
        } else {
            frame.appendByte((byte) (MASKED | TWO_BYTES)).appendUnsignedShort(bytes.length);
        }
        return frame.appendInt(0).appendBytes(bytes);
    }
}
