package ai.artcafe.gateway.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ai.artcafe.gateway.Platform;
import ai.artcafe.gateway.Stack;
import ai.artcafe.gateway.TestSocket;
import ai.artcafe.model.subject.PlatformSubjects;
import ai.artcafe.model.usage.Counters;
import ai.artcafe.model.usage.GatewayReadings;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nats.client.Connection;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Stack.class)
class ReadingsOutageIT {

    @Inject ObjectMapper json;
    @Inject SocketReadings sockets;

    @Test
    void whatSocketsCarriedWhileNoTrackerListenedArrivesOnceOneDoes() throws Exception {
        String tenant = Platform.tenant("enterprise");
        Platform.Agent sender = Platform.sshAgent(tenant);
        Platform.Agent reader = Platform.sshAgent(tenant);
        TestSocket stays = reader.connect().subscribe("work");
        for (int round = 0; round < 3; round++) {
            try (TestSocket leaves = sender.connect()) {
                for (int i = 0; i < 10; i++) {
                    leaves.send(
                            "{\"type\":\"publish\",\"subject\":\"work\",\"data\": [ 1, 2 ],"
                                    + "\"id\":\""
                                    + round
                                    + "-"
                                    + i
                                    + "\"}");
                    leaves.next("ack");
                    stays.next("message");
                }
                leaves.send("{\"type\":\"heartbeat\"}");
                leaves.next("heartbeat_ack");
            }
        }

        Map<String, GatewayReadings.Socket> ledger = new ConcurrentHashMap<>();
        AtomicInteger batches = new AtomicInteger();
        try (Connection tracker = Platform.connectAs("tracker")) {
            tracker.createDispatcher(
                            message -> {
                                GatewayReadings batch = read(message.getData());
                                // the first time around, the answer is lost
                                boolean apply = batches.incrementAndGet() > 1;
                                batch.readings().forEach(r -> ledger.put(r.connectionId(), r));
                                if (apply) {
                                    tracker.publish(
                                            message.getReplyTo(),
                                            "+ACK".getBytes(StandardCharsets.UTF_8));
                                }
                            })
                    .subscribe(PlatformSubjects.GATEWAY_READINGS, PlatformSubjects.TRACKER_QUEUE);

            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> {
                        assertThat(total(ledger, sender.id()))
                                .isEqualTo(new Counters(30, 150, 0, 0, 3, 3 * 20));
                        assertThat(total(ledger, reader.id()))
                                .isEqualTo(new Counters(0, 0, 30, 150, 0, 0));
                        assertThat(
                                        ledger.values().stream()
                                                .filter(r ->
                                                        r.agentId().value().equals(sender.id())))
                                .hasSize(3)
                                .allMatch(GatewayReadings.Socket::last);
                    });
            stays.close();
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() ->
                            assertThat(sockets.unacknowledged())
                                    .noneMatch(r -> r.tenantId().value().equals(tenant)));
        }
    }

    private static Counters total(Map<String, GatewayReadings.Socket> ledger, String agent) {
        return ledger.values().stream()
                .filter(reading -> reading.agentId().value().equals(agent))
                .map(GatewayReadings.Socket::counters)
                .reduce(
                        Counters.ZERO,
                        (a, b) ->
                                new Counters(
                                        a.inMessages() + b.inMessages(),
                                        a.inBytes() + b.inBytes(),
                                        a.outMessages() + b.outMessages(),
                                        a.outBytes() + b.outBytes(),
                                        a.controlMessages() + b.controlMessages(),
                                        a.controlBytes() + b.controlBytes()));
    }

    private GatewayReadings read(byte[] payload) {
        try {
            return json.readValue(payload, GatewayReadings.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
