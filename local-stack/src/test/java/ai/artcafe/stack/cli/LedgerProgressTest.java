package ai.artcafe.stack.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.key.RedisKeys;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LedgerProgressTest {

    private static final TenantId ACME = new TenantId("acme");
    private static final Instant BEFORE_MIDNIGHT = Instant.parse("2026-11-30T23:59:50Z");
    private static final Instant AFTER_MIDNIGHT = Instant.parse("2026-12-01T00:00:20Z");

    private final Map<String, Instant> settled = new HashMap<>();
    private ServerSocket redis;

    @BeforeEach
    void start() throws IOException {
        redis = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::answer);
    }

    @AfterEach
    void stop() throws IOException {
        redis.close();
    }

    /** Knows {@code HGET} alone; any field of a hash is the hash's. */
    private void answer() {
        while (!redis.isClosed()) {
            try (Socket client = redis.accept()) {
                String[] command =
                        new BufferedReader(
                                        new InputStreamReader(
                                                client.getInputStream(), StandardCharsets.UTF_8))
                                .readLine()
                                .split(" ");
                String answer =
                        Optional.ofNullable(settled.get(command[1]))
                                .map(at -> Long.toString(at.toEpochMilli()))
                                .map(text -> "$" + text.length() + "\r\n" + text + "\r\n")
                                .orElse("$-1\r\n");
                client.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
            } catch (IOException _) {
                // closed
            }
        }
    }

    private LedgerProgress progress() {
        return new LedgerProgress(URI.create("redis://127.0.0.1:" + redis.getLocalPort()));
    }

    @Test
    void what_was_never_compared_is_not_settled() {
        assertThat(progress().settledThrough(ACME, BEFORE_MIDNIGHT)).isEmpty();
    }

    @Test
    void a_comparison_that_ends_after_midnight_settles_what_was_before() {
        settled.put(
                RedisKeys.reconciledDay(ACME, BEFORE_MIDNIGHT), BEFORE_MIDNIGHT.minusSeconds(40));
        settled.put(RedisKeys.reconciledDay(ACME, AFTER_MIDNIGHT), AFTER_MIDNIGHT);

        assertThat(progress().settledThrough(ACME, BEFORE_MIDNIGHT)).contains(AFTER_MIDNIGHT);
    }

    @Test
    void a_tenant_is_known_to_be_compared_though_it_was_not_yet_today() {
        settled.put(RedisKeys.reconciledDay(ACME, BEFORE_MIDNIGHT), BEFORE_MIDNIGHT);

        assertThat(progress().settledThrough(ACME, AFTER_MIDNIGHT)).contains(BEFORE_MIDNIGHT);
    }
}
