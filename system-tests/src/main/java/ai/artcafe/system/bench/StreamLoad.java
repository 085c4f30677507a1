package ai.artcafe.system.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/** Clients that watch a stream of events each, and read them as they come. */
final class StreamLoad implements AutoCloseable {

    private static final String EVENT = "event:";

    private final List<Socket> sockets = new ArrayList<>();
    private final LongAdder events = new LongAdder();
    private final LongAdder ended = new LongAdder();

    /** Opens one for each of the requests. */
    static StreamLoad open(URI server, List<byte[]> requests) throws IOException {
        StreamLoad load = new StreamLoad();
        for (byte[] request : requests) {
            Socket socket = new Socket(server.getHost(), server.getPort());
            load.sockets.add(socket);
            socket.getOutputStream().write(request);
            Thread.ofVirtual().start(() -> load.read(socket));
        }
        return load;
    }

    private void read(Socket socket) {
        try (BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(
                                socket.getInputStream(), StandardCharsets.ISO_8859_1))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith(EVENT)) {
                    events.increment();
                }
            }
        } catch (IOException _) {
            // closed by either side
        }
        ended.increment();
    }

    /** How many have come so far, to all together. */
    long events() {
        return events.sum();
    }

    /** How many streams are no longer. */
    long ended() {
        return ended.sum();
    }

    @Override
    public void close() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
