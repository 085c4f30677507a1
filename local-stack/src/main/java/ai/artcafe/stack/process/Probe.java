package ai.artcafe.stack.process;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** A question whose answer shows that a part works. */
@FunctionalInterface
public interface Probe {

    int TIMEOUT_MS = 1000;

    boolean answers();

    /** GET that answers 200. */
    static Probe httpOk(URI uri) {
        return () -> status(uri) == 200;
    }

    /** GET that answers anything: DynamoDB refuses unsigned requests. */
    static Probe http(URI uri) {
        return () -> status(uri) > 0;
    }

    /** Redis' PING: it also tells when the data is still being loaded. */
    static Probe redisPing(int port) {
        return () -> {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress("127.0.0.1", port), TIMEOUT_MS);
                socket.setSoTimeout(TIMEOUT_MS);
                socket.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
                byte[] answer = socket.getInputStream().readNBytes("+PONG".length());
                return new String(answer, StandardCharsets.US_ASCII).equals("+PONG");
            } catch (IOException e) {
                return false;
            }
        };
    }

    private static int status(URI uri) {
        try {
            HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
            connection.setConnectTimeout(TIMEOUT_MS);
            connection.setReadTimeout(TIMEOUT_MS);
            try {
                int status = connection.getResponseCode();
                try (InputStream body =
                        status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
                    if (body != null) {
                        body.transferTo(java.io.OutputStream.nullOutputStream());
                    }
                }
                return status;
            } finally {
                connection.disconnect();
            }
        } catch (IOException e) {
            return -1;
        }
    }
}
