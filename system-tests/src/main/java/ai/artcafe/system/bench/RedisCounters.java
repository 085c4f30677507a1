package ai.artcafe.system.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** What Redis has done so far. */
record RedisCounters(URI redis) {

    private static final String READS = "total_reads_processed:";

    /** How often it has read from a client: several commands sent together count once. */
    long reads() {
        try (Socket socket = new Socket(redis.getHost(), redis.getPort())) {
            socket.getOutputStream().write("INFO stats\r\n".getBytes(StandardCharsets.US_ASCII));
            BufferedReader answer =
                    new BufferedReader(
                            new InputStreamReader(
                                    socket.getInputStream(), StandardCharsets.US_ASCII));
            for (String line = answer.readLine(); line != null; line = answer.readLine()) {
                if (line.startsWith(READS)) {
                    return Long.parseLong(line.substring(READS.length()));
                }
            }
            throw new IllegalStateException("Redis does not tell " + READS);
        } catch (IOException e) {
            throw new UncheckedIOException("Redis did not answer", e);
        }
    }
}
