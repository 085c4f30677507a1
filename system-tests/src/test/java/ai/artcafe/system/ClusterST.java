package ai.artcafe.system;

import static org.assertj.core.api.Assertions.assertThat;

import ai.artcafe.model.identity.TenantId;
import ai.artcafe.stack.process.NatsCluster;
import ai.artcafe.system.client.Api;
import ai.artcafe.system.client.NatsAgent;
import ai.artcafe.system.client.SocketAgent;
import ai.artcafe.system.client.SshKey;
import ai.artcafe.system.platform.Platform;
import ai.artcafe.system.platform.Service;
import io.nats.client.Connection;
import io.nats.client.NKey;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A gateway at one of three NATS servers, and agents that are connected to all of them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClusterST {

    private static final System.Logger LOG = System.getLogger(ClusterST.class.getName());

    private static final TenantId TENANT = new TenantId("clustered");

    @TempDir Path folder;

    private Platform platform;
    private Api api;

    @BeforeAll
    void start() {
        platform =
                Platform.builder(Path.of("target", "clustered-" + ProcessHandle.current().pid()))
                        .inMemory()
                        .clustered()
                        // its JVM lives for seconds: too short for the second compiler to pay
                        .set("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")
                        .with(Service.GATEWAY)
                        .start();
        // there is no metrics service, and nobody is asked for what only that knows
        URI gateway = platform.url(Service.GATEWAY);
        api = new Api(gateway, gateway, platform.stack().tokens());
        api.createTenant(TENANT, "enterprise");
    }

    @AfterAll
    void stop() {
        platform.close();
    }

    @Test
    void a_deleted_agent_is_cut_off_at_every_server() throws Exception {
        String agent = TENANT + "-deleted";
        List<NatsAgent> connections = connectToAll(agent);

        assertThat(api.deleteAgent(TENANT, agent).status()).isEqualTo(204);
        long deleted = System.nanoTime();

        await("the end of all connections")
                .until(() ->
                        connections.stream()
                                .allMatch(each ->
                                        each.connection().getStatus() == Connection.Status.CLOSED));
        LOG.log(
                System.Logger.Level.INFO,
                "Cut off: at=three servers after_ms={0,number,#}",
                Duration.ofNanos(System.nanoTime() - deleted).toMillis());
    }

    @Test
    void messages_go_between_the_doors_wherever_an_agent_is_connected() throws Exception {
        List<NatsAgent> connections = connectToAll(TENANT + "-direct");
        SshKey ssh = SshKey.generate(folder, "key");
        String agent = TENANT + "-socket";
        api.registerAgent(TENANT, agent, "ssh_public_key", ssh.publicKey());
        try (SocketAgent socket = SocketAgent.connect(api, TENANT, agent, ssh)) {
            socket.subscribe("to.socket");
            connections.forEach(each -> each.subscribe("tenant." + TENANT + ".to.nats"));
            // servers tell each other who listens in their own time
            AtomicInteger number = new AtomicInteger();
            await("all to hear the socket")
                    .until(() -> {
                        socket.publish("to.nats", "1", "n-" + number.incrementAndGet());
                        return connections.stream()
                                .allMatch(each -> each.delivered().messages() > 0);
                    });
            for (NatsAgent each : connections) {
                long before = socket.delivered();
                await("a message from each server")
                        .until(() -> {
                            each.publish("tenant." + TENANT + ".to.socket", "1");
                            return socket.delivered() > before;
                        });
            }
        } finally {
            connections.forEach(NatsAgent::close);
        }
    }

    private List<NatsAgent> connectToAll(String agent) throws Exception {
        NKey nkey = NatsAgent.newKey();
        api.registerAgent(TENANT, agent, "nkey_public_key", NatsAgent.publicKey(nkey));
        List<NatsAgent> connections = new ArrayList<>();
        for (int server = 0; server < NatsCluster.SERVERS; server++) {
            connections.add(NatsAgent.connect(platform.natsUrl(server), nkey));
        }
        return connections;
    }

    private static ConditionFactory await(String what) {
        return Awaitility.await(what)
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(100));
    }
}
