package ai.artcafe.nats;

import ai.artcafe.model.subject.PlatformSubjects;
import ai.artcafe.nats.connection.LastingConnection;
import ai.artcafe.nats.telemetry.ConnectorMeters;
import ai.artcafe.stack.LocalStack;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.nats.client.Connection;
import io.nats.client.Nats;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.eclipse.microprofile.config.Config;

/** The platform's bus: a gateway that sends with plain jnats, and channels of a tracker. */
final class Bus implements AutoCloseable {

    static final String SUBJECT = PlatformSubjects.GATEWAY_READINGS;

    final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    final Connection gateway;
    final LastingConnection tracker;
    final LastingConnection gatewayChannels;
    private final URI monitoring;
    private final ExecutorService context =
            Executors.newSingleThreadExecutor(Thread.ofVirtual().factory());

    Bus(LocalStack stack) throws IOException, InterruptedException {
        monitoring = stack.natsMonitoringUrl();
        gateway =
                Nats.connect(
                        options(stack, "gateway").toBuilder()
                                .connectionTimeout(Duration.ofSeconds(30))
                                .build());
        tracker = LastingConnection.open(options(stack, "tracker").build());
        gatewayChannels = LastingConnection.open(options(stack, "gateway").build());
        Eventually.isTrue(tracker::isConnected);
        Eventually.isTrue(gatewayChannels::isConnected);
        // those of the test before, whose end the server may hear of late
        Eventually.isTrue(() -> listeners() == 0);
    }

    static NatsOptions options(LocalStack stack, String user) throws IOException {
        Path seed = stack.keysDirectory().resolve(user + ".nk");
        return NatsOptions.named("test-" + user)
                .urls(stack.natsUrl().toString())
                .seed(Seed.parse(Files.readString(seed)));
    }

    /** An incoming channel, subscribed at the server already. */
    IncomingChannel incoming(Receiver receiver, Map<String, String> attributes) throws Exception {
        IncomingChannel channel =
                new IncomingChannel(
                        new NatsConnectorIncomingConfiguration(config(attributes)),
                        tracker,
                        context,
                        new ConnectorMeters(registry));
        channel.stream().subscribe(receiver);
        tracker.current().orElseThrow().flush(Duration.ofSeconds(30));
        return channel;
    }

    OutgoingChannel outgoing(Map<String, String> attributes) {
        return new OutgoingChannel(
                new NatsConnectorOutgoingConfiguration(config(attributes)),
                gatewayChannels,
                Thread::startVirtualThread,
                new ConnectorMeters(registry));
    }

    void send(int count) throws Exception {
        for (int i = 0; i < count; i++) {
            gateway.publish(SUBJECT, ("m" + i).getBytes(StandardCharsets.UTF_8));
        }
        gateway.flush(Duration.ofSeconds(30));
    }

    CompletableFuture<String> ask(String text) {
        return gateway.requestWithTimeout(
                        SUBJECT, text.getBytes(StandardCharsets.UTF_8), Duration.ofSeconds(60))
                .thenApply(reply -> new String(reply.getData(), StandardCharsets.UTF_8));
    }

    /** How many subscriptions the server has for what the gateway sends. */
    long listeners() throws IOException {
        return Listeners.on(SUBJECT, monitoring);
    }

    double meter(String name) {
        return registry.find(name).meters().stream()
                .mapToDouble(meter -> meter.measure().iterator().next().getValue())
                .sum();
    }

    static Config config(Map<String, String> attributes) {
        Map<String, String> all = new HashMap<>();
        all.put("channel-name", "readings");
        all.put("connector", NatsConnector.NAME);
        all.put("subject", SUBJECT);
        all.putAll(attributes);
        return new SmallRyeConfigBuilder().withDefaultValues(all).build();
    }

    @Override
    public void close() {
        try {
            gateway.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        tracker.close();
        gatewayChannels.close();
        context.shutdownNow();
    }
}
