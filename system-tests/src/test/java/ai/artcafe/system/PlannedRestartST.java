package ai.artcafe.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ai.artcafe.model.access.Role;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.usage.Traffic;
import ai.artcafe.stack.BackingService;
import ai.artcafe.stack.LocalStack;
import ai.artcafe.stack.cli.Artcafe;
import ai.artcafe.system.client.Api;
import ai.artcafe.system.client.NatsAgent;
import ai.artcafe.system.client.UsageView;
import ai.artcafe.system.platform.Service;
import com.fasterxml.jackson.databind.JsonNode;
import io.nats.client.Connection;
import io.nats.client.NKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** NATS is drained, stopped and started again, and nothing is missing. */
class PlannedRestartST {

    private static final int AGENTS = 20;

    @TempDir Path folder;

    private final Api api = RunningPlatform.api();
    private final LocalStack stack = RunningPlatform.platform().stack();
    private final Random random = new Random(7);

    @Test
    void nothing_that_was_counted_is_lost_with_the_server() throws Exception {
        TenantId tenant = RunningPlatform.newTenant("enterprise");
        List<NKey> keys = register(tenant);
        Traffic before = talk(tenant, keys, true);
        BackingService nats = stack.nats();

        Drained drained = drain("30s");

        assertThat(drained.said()).contains("Drained in");
        assertThat(drained.exitCode()).isZero();
        nats.stop();
        nats.start();
        Traffic after = reconnected(tenant, keys);

        UsageView.await(api, tenant, before.plus(after), Traffic.NONE);
        JsonNode proof =
                api.getFromMetrics("/api/v1/usage/reconciliation", api.token(tenant, Role.VIEWER))
                        .body();
        proof.path("gaps").forEach(gap -> assertThat(gap.path("connections").asLong()).isZero());
    }

    @Test
    void without_a_tracker_nobody_is_disturbed() throws Exception {
        TenantId tenant = RunningPlatform.newTenant("enterprise");
        List<NKey> keys = register(tenant);
        BackingService tracker = RunningPlatform.platform().service(Service.TRACKER);
        try (NatsAgent agent = NatsAgent.connect(stack.natsUrl(), keys.getFirst())) {
            tracker.stop();

            Drained drained = drain("8s");

            assertThat(drained.exitCode()).isEqualTo(1);
            assertThat(drained.said()).contains("no tracker reads this server");
            agent.flush();
            assertThat(agent.connection().getStatus()).isEqualTo(Connection.Status.CONNECTED);
        } finally {
            tracker.start();
        }
    }

    @Test
    void a_drain_that_fails_lets_the_clients_in_again() throws Exception {
        TenantId tenant = RunningPlatform.newTenant("enterprise");
        List<NKey> keys = register(tenant);
        Traffic before = talk(tenant, keys, true);

        Drained drained = drain("3s");

        assertThat(drained.exitCode()).isEqualTo(1);
        assertThat(drained.said()).contains("clients may connect again");
        Traffic after = reconnected(tenant, keys);
        UsageView.await(api, tenant, before.plus(after), Traffic.NONE);
    }

    private List<NKey> register(TenantId tenant) {
        List<NKey> keys = new ArrayList<>();
        for (int i = 0; i < AGENTS; i++) {
            NKey key = NatsAgent.newKey();
            api.registerAgent(
                    tenant, tenant + "-drained-" + i, "nkey_public_key", NatsAgent.publicKey(key));
            keys.add(key);
        }
        return keys;
    }

    /** Every agent publishes; left open, the connections are for the drain to end. */
    private Traffic talk(TenantId tenant, List<NKey> keys, boolean stay) throws Exception {
        Traffic published = Traffic.NONE;
        for (NKey key : keys) {
            NatsAgent agent = NatsAgent.connect(stack.natsUrl(), key);
            for (int i = 0; i < 500; i++) {
                String payload = "x".repeat(random.nextInt(1, 300));
                agent.publish("tenant." + tenant + ".work", payload);
                published = published.plus(1, payload.length());
            }
            agent.flush();
            if (!stay) {
                agent.close();
            }
        }
        return published;
    }

    private Traffic reconnected(TenantId tenant, List<NKey> keys) {
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofSeconds(1))
                .ignoreExceptions()
                .until(() -> {
                    NatsAgent.connect(stack.natsUrl(), keys.getFirst()).close();
                    return true;
                });
        try {
            return talk(tenant, keys, false);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /**
     * What {@code ./artcafe drain} did.
     *
     * @param said on standard output and error
     */
    private record Drained(int exitCode, String said) {}

    private Drained drain(String patience) throws IOException, InterruptedException {
        Path said = Files.createTempFile(folder, "drain", ".log");
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                Artcafe.class.getName(),
                                "drain",
                                "--nats",
                                stack.natsUrl().toString(),
                                "--redis",
                                stack.redisUrl().toString(),
                                "--keys",
                                stack.keysDirectory().toString(),
                                "--pid",
                                Long.toString(stack.nats().pid()),
                                "--config",
                                stack.layout()
                                        .directory()
                                        .resolve("run/nats-server.conf")
                                        .toString(),
                                "--patience",
                                patience)
                        .redirectErrorStream(true)
                        .redirectOutput(said.toFile())
                        .start();
        assertThat(process.waitFor(180, TimeUnit.SECONDS)).isTrue();
        return new Drained(process.exitValue(), Files.readString(said, StandardCharsets.UTF_8));
    }
}
