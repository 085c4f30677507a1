package ai.artcafe.tracker.broker;

import io.nats.client.NKey;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A client that speaks NATS by hand, to say what no library would. */
public final class RawAgent implements AutoCloseable {

    private static final Pattern NONCE = Pattern.compile("\"nonce\":\"([^\"]+)\"");

    private final Socket socket;
    private final BufferedReader in;
    private final NKey key;
    private final String nonce;

    /** Connects and logs in; returns when the server has answered. */
    public RawAgent(URI server, NKey key) throws Exception {
        this(server, key, "");
    }

    /**
     * @param options further ones of CONNECT, each with a comma before it
     */
    public RawAgent(URI server, NKey key, String options) throws Exception {
        this.key = key;
        socket = new Socket(server.getHost(), server.getPort());
        in =
                new BufferedReader(
                        new InputStreamReader(
                                socket.getInputStream(), StandardCharsets.ISO_8859_1));
        Matcher info = NONCE.matcher(in.readLine());
        if (!info.find()) {
            throw new IOException("no nonce");
        }
        nonce = info.group(1);
        send(connect(options) + "PING\r\n");
        awaitLine("PONG");
    }

    /** The protocol line that logs in, as this agent but with further options. */
    public String connect(String options) throws Exception {
        String signature =
                Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(key.sign(nonce.getBytes(StandardCharsets.US_ASCII)));
        return "CONNECT {\"verbose\":false,\"nkey\":\"%s\",\"sig\":\"%s\"%s}\r\n"
                .formatted(new String(key.getPublicKey()), signature, options);
    }

    public void send(String lines) throws IOException {
        socket.getOutputStream().write(lines.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
    }

    /** Publishes and returns when the server has taken it in. */
    public void publish(String subject, String payload) throws IOException {
        send("PUB %s %d\r\n%s\r\nPING\r\n".formatted(subject, payload.length(), payload));
        awaitLine("PONG");
    }

    /** Reads until the server closes. */
    public void awaitEnd() throws IOException {
        String line = in.readLine();
        while (line != null) {
            line = in.readLine();
        }
    }

    /** Returns when the server has taken in all that was sent. */
    public void flush() throws IOException {
        send("PING\r\n");
        awaitLine("PONG");
    }

    private void awaitLine(String wanted) throws IOException {
        String line = in.readLine();
        while (line != null && !line.equals(wanted)) {
            line = in.readLine();
        }
        if (line == null) {
            throw new IOException("closed by the server");
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
