package ai.artcafe.system.bench;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/**
 * One kept connection on which a request is answered before the next is sent. Knows just enough of
 * HTTP to cost next to nothing: it shares the machine with what it measures.
 */
final class HttpExchange implements AutoCloseable {

    private static final String LENGTH = "content-length:";
    private static final int BUFFER = 65_536;

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;

    HttpExchange(URI server) throws IOException {
        socket = new Socket(server.getHost(), server.getPort());
        socket.setTcpNoDelay(true);
        in = new BufferedInputStream(socket.getInputStream(), BUFFER);
        out = socket.getOutputStream();
    }

    /** The bytes of a request without a body. */
    static byte[] request(URI server, String path, String token) {
        return """
        GET %s HTTP/1.1\r
        Host: %s:%d\r
        Authorization: Bearer %s\r
        Accept: application/json\r
        \r
        """
                .formatted(path, server.getHost(), server.getPort(), token)
                .getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * Sends it and reads the whole answer.
     *
     * @return the body
     * @throws IOException when it is answered with anything but 200
     */
    byte[] get(byte[] request) throws IOException {
        out.write(request);
        String status = line();
        if (!status.startsWith("HTTP/1.1 200")) {
            throw new IOException("answered with " + status);
        }
        int length = -1;
        for (String header = line(); !header.isEmpty(); header = line()) {
            if (header.regionMatches(true, 0, LENGTH, 0, LENGTH.length())) {
                length = Integer.parseInt(header.substring(LENGTH.length()).strip());
            }
        }
        if (length < 0) {
            throw new IOException("an answer of unknown length");
        }
        byte[] body = in.readNBytes(length);
        if (body.length < length) {
            throw new EOFException();
        }
        return body;
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder(64);
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException();
            }
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
