package ai.artcafe.gateway.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ai.artcafe.gateway.Platform;
import ai.artcafe.gateway.RawSocket;
import ai.artcafe.gateway.Stack;
import ai.artcafe.gateway.TestSocket;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.Socket;
import java.time.Duration;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Stack.class)
class SlowConsumerIT {

    @Inject MeterRegistry meters;

    @Test
    void whoDoesNotReadIsClosedAndTheOthersDoNotWait() throws Exception {
        String tenant = Platform.tenant("enterprise");
        Platform.Agent slow = Platform.sshAgent(tenant);
        double before = closedForSlowness();
        Socket small = new Socket();
        small.setReceiveBufferSize(4096);
        try (RawSocket neverReads = RawSocket.connect(small).upgrade(slow)) {
            neverReads.sendText("{\"type\":\"subscribe\",\"subject\":\"flood\"}");
            try (TestSocket reader = Platform.sshAgent(tenant).connect().subscribe("flood");
                    TestSocket writer = Platform.sshAgent(tenant).connect()) {
                String big =
                        "{\"type\":\"publish\",\"subject\":\"flood\",\"data\":\""
                                + "x".repeat(100_000)
                                + "\",\"id\":\"";
                int sent = 0;
                while (closedForSlowness() == before && sent < 500) {
                    writer.send(big + sent++ + "\"}");
                    writer.next("ack");
                    reader.next("message");
                }
                await().atMost(Duration.ofSeconds(30))
                        .untilAsserted(() -> assertThat(closedForSlowness()).isGreaterThan(before));
                assertThat(sent).isGreaterThan(20);
                reader.hasNothingElse();
            }
        }
    }

    private double closedForSlowness() {
        var counter = meters.find("artcafe.gateway.sockets.closed").tag("code", "slow_consumer");
        return counter.counter() == null ? 0 : counter.counter().count();
    }
}
