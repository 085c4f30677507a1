package ai.artcafe.system.load;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A server's half of the NATS protocol. Used by one thread. */
final class NatsReader {

    private final InputStream in;

    NatsReader(InputStream in) {
        this.in = new BufferedInputStream(in, 16 * 1024);
    }

    /** What the server says. */
    sealed interface Event permits Delivered, Ping, Pong, Refusal, Other {}

    /**
     * A message.
     *
     * @param size of payload and headers
     * @param data the payload
     */
    record Delivered(int size, byte[] data) implements Event {}

    record Ping() implements Event {}

    record Pong() implements Event {}

    /** An error that the server names. */
    record Refusal(String reason) implements Event {}

    /** What does not matter here. */
    record Other() implements Event {}

    Event next() throws IOException {
        String line = line();
        String operation = line.substring(0, Math.max(line.indexOf(' '), 0));
        return switch (operation.isEmpty() ? line : operation) {
            case "MSG" -> message(line, false);
            case "HMSG" -> message(line, true);
            case "PING" -> new Ping();
            case "PONG" -> new Pong();
            case "-ERR" -> new Refusal(line.substring(operation.length()).strip().replace("'", ""));
            default -> new Other();
        };
    }

    private Delivered message(String line, boolean hasHeaders) throws IOException {
        String[] parts = line.split(" ", -1);
        int size = Integer.parseInt(parts[parts.length - 1]);
        int headers = hasHeaders ? Integer.parseInt(parts[parts.length - 2]) : 0;
        byte[] all = in.readNBytes(size);
        if (all.length < size || in.read() != '\r' || in.read() != '\n') {
            throw new EOFException("the server broke off within a message");
        }
        return new Delivered(size, Arrays.copyOfRange(all, headers, size));
    }

    /** The next line, without its end. */
    String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("the server closed the connection");
            }
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return new String(
                line.toString().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }
}
