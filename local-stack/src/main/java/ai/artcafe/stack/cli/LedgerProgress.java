package ai.artcafe.stack.cli;

import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.key.ReconciledFields;
import ai.artcafe.model.key.RedisKeys;
import ai.artcafe.model.usage.ReadingSource;
import ai.artcafe.stack.StackException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** How far the trackers have come, as they write it in Redis; all times are the trackers' own. */
record LedgerProgress(URI redis) {

    private static final int TIMEOUT_MS = 2000;
    private static final Duration DAY = Duration.ofDays(1);

    /** Up to when the NATS server has been read; empty when no tracker reads it. */
    Optional<Instant> readThrough(String serverId) {
        return time(RedisKeys.SOURCES, ReadingSource.natsServer(serverId).key());
    }

    /**
     * Up to when all of a tenant's traffic around that time has been compared, if any has. The
     * trackers keep it by the day in which a comparison ended: the one that a drain waits for may
     * end after midnight, and a little after midnight the last one was of the day before.
     */
    Optional<Instant> settledThrough(TenantId tenant, Instant about) {
        return Stream.of(about.minus(DAY), about, about.plus(DAY))
                .map(day -> RedisKeys.reconciledDay(tenant, day))
                .flatMap(key -> time(key, ReconciledFields.SETTLED_THROUGH).stream())
                .max(Comparator.naturalOrder());
    }

    private Optional<Instant> time(String hash, String field) {
        try (Socket socket = new Socket()) {
            socket.connect(
                    new InetSocketAddress(
                            redis.getHost(), redis.getPort() < 0 ? 6379 : redis.getPort()),
                    TIMEOUT_MS);
            socket.setSoTimeout(TIMEOUT_MS);
            BufferedReader answers =
                    new BufferedReader(
                            new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            if (redis.getUserInfo() != null) {
                send(
                        socket,
                        "AUTH " + redis.getUserInfo().replaceFirst("^:", "").replace(':', ' '));
                requireOk(answers.readLine());
            }
            send(socket, "HGET " + hash + " " + field);
            String first = String.valueOf(answers.readLine());
            if (first.equals("$-1")) {
                return Optional.empty();
            }
            if (!first.startsWith("$")) {
                throw new StackException("Redis at " + redis.getHost() + " answers " + first);
            }
            return Optional.of(Instant.ofEpochMilli(Long.parseLong(answers.readLine())));
        } catch (IOException e) {
            throw new StackException(
                    "Redis at " + redis.getHost() + " does not answer: " + e.getMessage(), e);
        }
    }

    private static void send(Socket socket, String command) throws IOException {
        socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.UTF_8));
    }

    private static void requireOk(String answer) {
        if (!"+OK".equals(answer)) {
            throw new StackException("Redis refuses the password");
        }
    }
}
