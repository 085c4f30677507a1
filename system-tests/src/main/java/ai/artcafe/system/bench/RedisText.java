package ai.artcafe.system.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** Texts in Redis. */
record RedisText(URI redis) {

    void set(String key, String value) {
        try (Socket socket = new Socket(redis.getHost(), redis.getPort())) {
            String command = "*3\r\n" + bulk("SET") + bulk(key) + bulk(value);
            socket.getOutputStream().write(command.getBytes(StandardCharsets.UTF_8));
            if (socket.getInputStream().read() != '+') {
                throw new IllegalStateException("Redis did not take " + key);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Redis did not answer", e);
        }
    }

    private static String bulk(String text) {
        return "$%d\r\n%s\r\n".formatted(text.getBytes(StandardCharsets.UTF_8).length, text);
    }
}
