package ai.artcafe.system.load;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A client's end of a WebSocket (RFC 6455), on a plain socket that can be reset. One thread reads,
 * any may write.
 */
final class WebSocketStream {

    private static final int CONNECT_MILLIS = 10_000;
    private static final int FINAL = 0x80;
    private static final int MASKED = 0x80;
    private static final int TEXT = 1;
    private static final int CLOSE = 8;
    private static final int PING = 9;
    private static final int PONG = 10;
    private static final int NORMAL = 1000;

    private final Socket socket;
    private final DataInputStream in;
    private final OutputStream out;
    private final ReentrantLock writing = new ReentrantLock();

    private WebSocketStream(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), 16 * 1024));
        this.out = socket.getOutputStream();
    }

    /**
     * Connects and upgrades.
     *
     * @throws IOException when it is refused, with the status line
     */
    static WebSocketStream open(URI address) throws IOException {
        Socket socket = new Socket();
        try {
            socket.connect(
                    new InetSocketAddress(address.getHost(), address.getPort()), CONNECT_MILLIS);
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(CONNECT_MILLIS);
            WebSocketStream stream = new WebSocketStream(socket);
            stream.upgrade(address);
            socket.setSoTimeout(0);
            return stream;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private void upgrade(URI address) throws IOException {
        String request =
                "GET %s?%s HTTP/1.1\r\nHost: %s\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                                .formatted(
                                        address.getRawPath(),
                                        address.getRawQuery(),
                                        address.getAuthority())
                        + "Sec-WebSocket-Version: 13\r\n"
                        + "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n";
        out.write(request.getBytes(StandardCharsets.US_ASCII));
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException("the gateway closed the connection");
            }
            head.append((char) next);
        }
        if (!head.toString().startsWith("HTTP/1.1 101")) {
            throw new IOException("refused: " + head.substring(0, head.indexOf("\r\n")));
        }
    }

    void send(byte[] text) throws IOException {
        write(TEXT, text);
    }

    /**
     * The next text.
     *
     * @throws IOException when the other side has closed, with the code and the reason it gave
     */
    String read() throws IOException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        while (true) {
            int first = in.readUnsignedByte();
            int length = in.readUnsignedByte();
            long size =
                    switch (length) {
                        case 126 -> in.readUnsignedShort();
                        case 127 -> in.readLong();
                        default -> length;
                    };
            byte[] data = in.readNBytes(Math.toIntExact(size));
            switch (first & 0x0f) {
                case PING -> write(PONG, data);
                case PONG -> {}
                case CLOSE -> throw new EOFException("closed " + reason(data));
                default -> {
                    text.writeBytes(data);
                    if ((first & FINAL) != 0) {
                        return text.toString(StandardCharsets.UTF_8);
                    }
                }
            }
        }
    }

    private static String reason(byte[] data) {
        return data.length < 2
                ? "without a code"
                : (ByteBuffer.wrap(data).getShort() & 0xffff)
                        + " "
                        + new String(data, 2, data.length - 2, StandardCharsets.UTF_8);
    }

    /** Says goodbye; the other side's answer is for the reader. */
    void sayGoodbye() throws IOException {
        write(CLOSE, new byte[] {(byte) (NORMAL >> 8), (byte) (NORMAL & 0xff)});
    }

    void close() {
        try {
            socket.close();
        } catch (IOException e) {
            // it is gone either way
        }
    }

    void reset() {
        try {
            socket.setSoLinger(true, 0);
        } catch (IOException e) {
            // it is gone already
        }
        close();
    }

    /** The mask is zero, which leaves the data as it is. */
    private void write(int opcode, byte[] data) throws IOException {
        ByteBuffer frame = ByteBuffer.allocate(data.length + 14).put((byte) (FINAL | opcode));
        if (data.length < 126) {
            frame.put((byte) (MASKED | data.length));
        } else if (data.length < 65_536) {
            frame.put((byte) (MASKED | 126)).putShort((short) data.length);
        } else {
            frame.put((byte) (MASKED | 127)).putLong(data.length);
        }
        frame.putInt(0).put(data).flip();
        writing.lock();
        try {
            out.write(frame.array(), 0, frame.limit());
        } finally {
            writing.unlock();
        }
    }
}
