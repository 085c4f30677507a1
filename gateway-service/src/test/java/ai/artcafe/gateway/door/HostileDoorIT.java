package ai.artcafe.gateway.door;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import ai.artcafe.gateway.Platform;
import ai.artcafe.gateway.RawSocket;
import ai.artcafe.gateway.Stack;
import ai.artcafe.gateway.TestSocket;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.io.IOException;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What nobody sends by accident; a well-behaved agent beside it notices nothing. */
@QuarkusTest
@QuarkusTestResource(Stack.class)
class HostileDoorIT {

    private static final int FRAME_LIMIT = 64 * 1024; // of the plan free

    private String tenant;
    private Platform.Agent hostile;
    private TestSocket healthy;

    @BeforeEach
    void connectAHealthyAgent() {
        tenant = Platform.tenant("free");
        hostile = Platform.sshAgent(tenant);
        healthy = Platform.sshAgent(tenant).connect();
    }

    @AfterEach
    void theHealthyAgentIsStillThere() {
        healthy.hasNothingElse();
        healthy.close();
    }

    private RawSocket socket() throws IOException {
        RawSocket socket = RawSocket.connect().upgrade(hostile);
        assertThat(socket.next().text()).contains("\"welcome\"");
        return socket;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PUB tenant.x 3\r\nabc\r\n",
                "GET\r\n\r\n",
                "GET /ws/agent/a HTTP/9.9\r\n\r\n",
                "GET /ws/agent/a HTTP/1.1\r\n: \r\n\r\n"
            })
    void whatIsNoHttpIsRefused(String junk) throws IOException {
        try (RawSocket client = RawSocket.connect()) {
            client.send(junk.getBytes(StandardCharsets.ISO_8859_1));
            assertThat(client.head()).matches("(?s)HTTP/\\d\\.\\d 4\\d\\d .*");
        }
    }

    @Test
    void whatTheRouterRefusesIsAProblemAsWell() throws IOException {
        try (RawSocket client = RawSocket.connect()) {
            client.send("GET /ws/agent/a HTTP/1.1\r\n\r\n");
            assertThat(new String(client.awaitEnd(), StandardCharsets.UTF_8))
                    .contains("400 Bad Request", "\"code\":\"invalid_request\"");
        }
    }

    @Test
    void whoStaysInTheMiddleOfItsUpgradeKeepsNobodyOut() throws IOException {
        String upgrade = RawSocket.upgradeOf(hostile);
        List<RawSocket> slow = new ArrayList<>();
        try {
            for (int i = 0; i < 500; i++) {
                RawSocket client = RawSocket.connect();
                client.send(upgrade.substring(0, upgrade.length() - 1 - i % 100));
                slow.add(client);
            }
            try (TestSocket other = Platform.sshAgent(tenant).connect()) {
                other.hasNothingElse();
            }
        } finally {
            for (RawSocket client : slow) {
                client.close();
            }
        }
    }

    @Test
    void invalidUtf8IsToldAndTheSocketLives() throws IOException {
        try (RawSocket socket = socket()) {
            for (byte[] text :
                    List.of(
                            new byte[] {'{', '"', (byte) 0xc3, '"', '}'},
                            new byte[] {(byte) 0xff, (byte) 0xfe},
                            new byte[] {(byte) 0xed, (byte) 0xa0, (byte) 0x80},
                            new byte[] {(byte) 0xc0, (byte) 0xaf})) {
                socket.sendFrame(RawSocket.TEXT, text);
                assertThat(socket.next().text()).contains("\"code\":\"invalid_json\"");
            }
            socket.sendText("{\"type\":\"ping\"}");
            assertThat(socket.next().text()).isEqualTo("{\"type\":\"pong\"}");
        }
    }

    @Test
    void aFrameOfTenMegabytesEndsItsOwnConnectionOnly() throws IOException {
        try (RawSocket socket = socket()) {
            try {
                socket.send(RawSocket.head(RawSocket.TEXT, true, 10 << 20));
                byte[] part = new byte[64 * 1024];
                for (int i = 0; i < 160; i++) {
                    socket.send(part);
                }
            } catch (SocketException _) {
                // ended before all of it was sent
            }
            socket.awaitEnd();
        }
    }

    @Test
    void fragmentsWithoutEndAreCutOffAtTheLimitOfTheWhole() throws IOException {
        try (RawSocket socket = socket()) {
            byte[] part = new byte[16 * 1024];
            socket.send(RawSocket.head(RawSocket.TEXT, false, part.length));
            socket.send(part);
            for (int sent = part.length; sent <= FRAME_LIMIT; sent += part.length) {
                socket.send(RawSocket.head(RawSocket.CONTINUATION, false, part.length));
                socket.send(part);
            }
            assertThat(socket.next(RawSocket.TEXT).text()).contains("\"code\":\"too_large\"");
            assertThat(socket.next(RawSocket.CLOSE).closeCode()).isEqualTo(4413);
        }
    }

    @Test
    void controlFramesBetweenFragmentsAreAnswered() throws IOException {
        try (RawSocket socket = socket()) {
            socket.send(RawSocket.head(RawSocket.TEXT, false, 8));
            socket.send("{\"type\":");
            socket.sendFrame(RawSocket.PING, new byte[] {1, 2, 3});
            assertThat(socket.next(RawSocket.PONG).payload()).containsExactly(1, 2, 3);
            socket.send(RawSocket.head(RawSocket.CONTINUATION, true, 7));
            socket.send("\"ping\"}");
            assertThat(socket.next().text()).isEqualTo("{\"type\":\"pong\"}");
        }
    }

    @Test
    void whatBreaksTheWebSocketProtocolEndsItsConnection() throws IOException {
        for (byte[] broken :
                List.of(
                        // not masked
                        new byte[] {(byte) 0x81, 2, '{', '}'},
                        // reserved bits, a reserved opcode
                        new byte[] {(byte) 0xf1, (byte) 0x80, 0, 0, 0, 0},
                        RawSocket.head(3, true, 0),
                        // a control frame of 126 bytes, one in fragments
                        RawSocket.head(RawSocket.PING, true, 126),
                        RawSocket.head(RawSocket.PING, false, 0),
                        // a negative length
                        RawSocket.head(RawSocket.TEXT, true, Long.MIN_VALUE | 1L << 40))) {
            try (RawSocket socket = socket()) {
                socket.send(broken);
                socket.awaitEnd();
            }
        }
    }

    @Test
    void aConnectionThatVanishesLeavesTheOthersAlone() throws IOException {
        for (int i = 0; i < 20; i++) {
            try (RawSocket socket = socket()) {
                socket.send(RawSocket.head(RawSocket.TEXT, true, 1000));
            }
        }
        try (RawSocket beforeItsAnswer = RawSocket.connect()) {
            beforeItsAnswer.send(RawSocket.upgradeOf(hostile));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "acme.*",
                "acme.>",
                "*",
                ">",
                "../acme",
                "..",
                "%2e%2e",
                "acme/worker",
                "аcme",
                "ａcme",
                "acme\u200b",
                "ACME",
                "acme ",
                "-acme",
                "acme\r\nX: y",
                "$SYS",
                "@gateway-1"
            })
    void noIdIsTakenForAnother(String trick) {
        for (Map<String, String> body :
                List.of(
                        Map.of("tenant_id", trick, "agent_id", "worker"),
                        Map.of("tenant_id", tenant, "agent_id", trick))) {
            Response response =
                    given().contentType(ContentType.JSON)
                            .body(body)
                            .post("/api/v1/auth/agent/challenge");
            assertThat(response.statusCode()).as("%s", body).isEqualTo(400);
            assertThat(response.<String>path("code")).isEqualTo("invalid_request");
        }
        Response upgrade =
                given().header("Connection", "Upgrade")
                        .header("Upgrade", "websocket")
                        .header("Sec-WebSocket-Version", "13")
                        .header("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==")
                        .queryParam("tenant_id", trick)
                        .queryParam("challenge", "x")
                        .queryParam("signature", "y")
                        .get("/ws/agent/worker");
        assertThat(upgrade.statusCode()).isEqualTo(400);
        assertThat(upgrade.<String>path("code")).isEqualTo("invalid_request");
    }

    @Test
    void aLongAddressIsNotRead() throws IOException {
        try (RawSocket client = RawSocket.connect()) {
            client.send("GET /ws/agent/" + "x".repeat(100_000) + " HTTP/1.1\r\n\r\n");
            assertThat(client.head()).contains(" 414 ");
        }
    }
}
