package ai.artcafe.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.RestAssured;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A client that sends the gateway what no well-behaved client would: bytes as they are. */
public final class RawSocket implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String END_OF_HEAD = "\r\n\r\n";
    private static final int LAST = 0x80;
    private static final int MASKED = 0x80;
    private static final int SHORT = 125;
    private static final int TWO_BYTES = 126;
    private static final int EIGHT_BYTES = 127;

    public static final int CONTINUATION = 0;
    public static final int TEXT = 1;
    public static final int BINARY = 2;
    public static final int CLOSE = 8;
    public static final int PING = 9;
    public static final int PONG = 10;

    /** A frame from the gateway. */
    public record Frame(int opcode, byte[] payload) {

        public String text() {
            return new String(payload, StandardCharsets.UTF_8);
        }

        /** Of a close frame. */
        public int closeCode() {
            return ByteBuffer.wrap(payload).getShort() & 0xffff;
        }
    }

    private final Socket socket;

    private RawSocket(Socket socket) {
        this.socket = socket;
    }

    /** A TCP connection to the gateway's HTTP port, nothing sent yet. */
    public static RawSocket connect() throws IOException {
        return connect(new Socket());
    }

    /** The same with a socket that was set up already. */
    public static RawSocket connect(Socket socket) throws IOException {
        return connect(socket, RestAssured.port);
    }

    /** To the gateway at another port. */
    public static RawSocket connect(int port) throws IOException {
        return connect(new Socket(), port);
    }

    private static RawSocket connect(Socket socket, int port) throws IOException {
        socket.setSoTimeout((int) PATIENCE.toMillis());
        socket.connect(new InetSocketAddress("localhost", port));
        return new RawSocket(socket);
    }

    /** Becomes the agent's WebSocket; what the gateway says from the welcome on is unread. */
    public RawSocket upgrade(Platform.Agent agent) throws IOException {
        send(upgradeOf(agent));
        assertThat(head()).startsWith("HTTP/1.1 101");
        return this;
    }

    /** The request by which the agent would become a WebSocket. */
    public static String upgradeOf(Platform.Agent agent) {
        String challenge = agent.challenge();
        URI address =
                TestSocket.address(
                        agent.tenant(), agent.id(), challenge, agent.key().sign(challenge));
        return "GET "
                + address.getRawPath()
                + "?"
                + address.getRawQuery()
                + " HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\n"
                + "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="
                + END_OF_HEAD;
    }

    public void send(String text) throws IOException {
        send(text.getBytes(StandardCharsets.UTF_8));
    }

    public void send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    /** Sends a whole frame, masked with zeros. */
    public void sendFrame(int opcode, byte[] payload) throws IOException {
        send(head(opcode, true, payload.length));
        send(payload);
    }

    /** Sends a whole text frame. */
    public void sendText(String text) throws IOException {
        sendFrame(TEXT, text.getBytes(StandardCharsets.UTF_8));
    }

    /** The first bytes of a masked frame whose mask is zero. */
    public static byte[] head(int opcode, boolean isLast, long length) {
        ByteBuffer head = ByteBuffer.allocate(14).put((byte) (opcode | (isLast ? LAST : 0)));
        if (length >= 0 && length <= SHORT) {
            head.put((byte) (MASKED | length));
        } else if (length >= 0 && length <= 0xffff) {
            head.put((byte) (MASKED | TWO_BYTES)).putShort((short) length);
        } else {
            head.put((byte) (MASKED | EIGHT_BYTES)).putLong(length);
        }
        head.putInt(0).flip();
        byte[] bytes = new byte[head.remaining()];
        head.get(bytes);
        return bytes;
    }

    /** Everything up to the end of the answer's head. */
    public String head() throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf(END_OF_HEAD) < 0) {
            head.append((char) oneByte());
        }
        return head.toString();
    }

    /** The next frame; frames of the gateway are not masked. */
    public Frame next() throws IOException {
        int opcode = oneByte() & 0x0f;
        int length = oneByte();
        if (length == TWO_BYTES) {
            length = oneByte() << 8 | oneByte();
        } else if (length == EIGHT_BYTES) {
            throw new IOException("no frame of ours is that long");
        }
        return new Frame(opcode, socket.getInputStream().readNBytes(length));
    }

    /** The next frame of this kind; those before it are passed over. */
    public Frame next(int opcode) throws IOException {
        Frame frame = next();
        while (frame.opcode() != opcode) {
            frame = next();
        }
        return frame;
    }

    private int oneByte() throws IOException {
        int next = socket.getInputStream().read();
        if (next < 0) {
            throw new IOException("the gateway has ended the connection");
        }
        return next;
    }

    /** What comes until the gateway ends the connection. */
    public byte[] awaitEnd() throws IOException {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        InputStream in = socket.getInputStream();
        try {
            for (int next = in.read(); next >= 0; next = in.read()) {
                said.write(next);
            }
        } catch (SocketTimeoutException e) {
            throw new AssertionError("the connection is still open after " + PATIENCE, e);
        } catch (SocketException _) {
            // a reset ends it as well
        }
        return said.toByteArray();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
