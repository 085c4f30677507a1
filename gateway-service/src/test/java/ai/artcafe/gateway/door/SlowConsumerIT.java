package ai.artcafe.gateway.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ai.artcafe.gateway.Platform;
import ai.artcafe.gateway.Stack;
import ai.artcafe.gateway.TestSocket;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
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
        try (Socket neverReads = new Socket()) {
            neverReads.setReceiveBufferSize(4096);
            neverReads.connect(new InetSocketAddress("localhost", RestAssured.port));
            upgrade(neverReads, slow);
            sendText(neverReads, "{\"type\":\"subscribe\",\"subject\":\"flood\"}");
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

    private static void upgrade(Socket socket, Platform.Agent agent) throws Exception {
        String challenge = agent.challenge();
        URI address =
                TestSocket.address(
                        agent.tenant(), agent.id(), challenge, agent.key().sign(challenge));
        OutputStream out = socket.getOutputStream();
        out.write(
                ("GET "
                                + address.getRawPath()
                                + "?"
                                + address.getRawQuery()
                                + " HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\n"
                                + "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        InputStream in = socket.getInputStream();
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.read());
        }
        assertThat(head).startsWith("HTTP/1.1 101");
    }

    /** A masked frame of less than 126 bytes; the mask is zero. */
    private static void sendText(Socket socket, String text) throws Exception {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        socket.getOutputStream()
                .write(
                        ByteBuffer.allocate(6 + bytes.length)
                                .put((byte) 0x81)
                                .put((byte) (0x80 | bytes.length))
                                .putInt(0)
                                .put(bytes)
                                .array());
    }
}
