package ai.artcafe.runtime.testing;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;

/** Publishes an issuer's keys at {@code /jwks.json}, as identity providers do, until it leaves. */
public final class KeyServer implements AutoCloseable {

    private final HttpServer server;

    private KeyServer(HttpServer server) {
        this.server = server;
    }

    /**
     * @param keys the folder with {@code jwks.json}
     */
    public static KeyServer open(int port, Path keys) {
        try {
            byte[] body = Files.readAllBytes(keys.resolve("jwks.json"));
            HttpServer server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
            server.createContext(
                    "/jwks.json",
                    exchange -> {
                        exchange.sendResponseHeaders(200, body.length);
                        exchange.getResponseBody().write(body);
                        exchange.close();
                    });
            server.start();
            return new KeyServer(server);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where one is, or will be. */
    public static String url(int port) {
        return "http://127.0.0.1:" + port + "/jwks.json";
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
