package ai.artcafe.gateway.door;

import static org.assertj.core.api.Assertions.assertThat;

import ai.artcafe.gateway.Platform;
import ai.artcafe.gateway.Stack;
import ai.artcafe.gateway.TestSocket;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Stack.class)
class JunkFramesIT {

    @Test
    void everyBadFrameHasItsCodeAndTheSocketLives() {
        String tenant = Platform.tenant("free");
        String other = Platform.tenant("free");
        Map<String, String> junk = new LinkedHashMap<>();
        junk.put("", "invalid_json");
        junk.put("hello", "invalid_json");
        junk.put("{", "invalid_json");
        junk.put("[]", "invalid_json");
        junk.put("null", "invalid_json");
        junk.put("{\"type\":\"ping\"}{}", "invalid_json");
        junk.put("{\"type\":\"ping\",}", "invalid_json");
        junk.put("{}", "unknown_type");
        junk.put("{\"type\":\"\"}", "unknown_type");
        junk.put("{\"type\":\"explode\"}", "unknown_type");
        junk.put("{\"type\":7}", "invalid_request");
        junk.put("{\"type\":\"ping\",\"type\":\"ping\"}", "invalid_request");
        junk.put("{\"type\":\"publish\"}", "invalid_request");
        junk.put("{\"type\":\"publish\",\"subject\":\"a\"}", "invalid_request");
        junk.put("{\"type\":\"publish\",\"subject\":7,\"data\":1}", "invalid_request");
        junk.put(
                "{\"type\":\"publish\",\"subject\":\"a\",\"channel\":\"b\",\"data\":1}",
                "invalid_request");
        junk.put("{\"type\":\"publish\",\"channel\":\"A B\",\"data\":1}", "invalid_request");
        junk.put(
                "{\"type\":\"publish\",\"subject\":\"a\",\"data\":1,\"id\":\"\"}",
                "invalid_request");
        junk.put("{\"type\":\"publish\",\"subject\":\"a\",\"data\":1,\"id\":5}", "invalid_request");
        junk.put("{\"type\":\"publish\",\"subject\":\"\",\"data\":1}", "invalid_subject");
        junk.put("{\"type\":\"publish\",\"subject\":\"a..b\",\"data\":1}", "invalid_subject");
        junk.put("{\"type\":\"publish\",\"subject\":\"a.*\",\"data\":1}", "invalid_subject");
        junk.put("{\"type\":\"publish\",\"subject\":\"a b\",\"data\":1}", "invalid_subject");
        junk.put(
                "{\"type\":\"publish\",\"subject\":\"a\\r\\nPUB b\",\"data\":1}",
                "invalid_subject");
        junk.put("{\"type\":\"subscribe\",\"subject\":\">.a\"}", "invalid_subject");
        junk.put(
                "{\"type\":\"publish\",\"subject\":\"tenant." + other + ".x\",\"data\":1}",
                "forbidden_subject");
        junk.put(
                "{\"type\":\"subscribe\",\"subject\":\"tenant." + other + ".>\"}",
                "forbidden_subject");
        junk.put("{\"type\":\"subscribe\",\"subject\":\"tenant.*.>\"}", "forbidden_subject");
        junk.put("{\"type\":\"subscribe\",\"subject\":\"_INBOX.>\"}", "forbidden_subject");
        junk.put("{\"type\":\"subscribe\",\"subject\":\"$SYS.>\"}", "forbidden_subject");
        junk.put(
                "{\"type\":\"publish\",\"subject\":\"$SYS.REQ.SERVER.PING\",\"data\":1}",
                "forbidden_subject");
        junk.put(
                "{\"type\":\"request\",\"subject\":\"a\",\"data\":1,\"timeout_ms\":-1}",
                "invalid_request");
        junk.put(
                "{\"type\":\"request\",\"subject\":\"a\",\"data\":1,\"timeout_ms\":1e99}",
                "invalid_request");
        junk.put(
                "{\"type\":\"publish\",\"subject\":\"a\",\"data\":"
                        + "[".repeat(500)
                        + "]".repeat(500)
                        + "}",
                "invalid_request");
        junk.put(
                "{\"type\":\"publish\",\"subject\":\"a\",\"data\":" + "9".repeat(2000) + "}",
                "invalid_request");

        try (TestSocket socket = Platform.sshAgent(tenant).connect()) {
            junk.forEach((frame, code) -> {
                socket.send(frame);
                assertThat(socket.next("error").path("code").asText()).as(frame).isEqualTo(code);
            });
            socket.sendBinary(new byte[] {1, 2, 3});
            assertThat(socket.next("error").path("code").asText()).isEqualTo("invalid_request");
            socket.hasNothingElse();
        }
    }

    @Test
    void anOversizedFrameIsToldAndThenClosed() throws Exception {
        String tenant = Platform.tenant("free");
        TestSocket socket = Platform.sshAgent(tenant).connect();
        socket.send(
                "{\"type\":\"publish\",\"subject\":\"a\",\"data\":\"" + "x".repeat(65_536) + "\"}");
        assertThat(socket.next("error").path("code").asText()).isEqualTo("too_large");
        assertThat(socket.awaitClose()).isEqualTo(4413);
    }

    @Test
    void tooManySubscriptionsAreRefusedAndTheOthersStay() {
        String tenant = Platform.tenant("free");
        try (TestSocket socket = Platform.sshAgent(tenant).connect()) {
            for (int i = 0; i < 200; i++) {
                socket.subscribe("s." + i);
            }
            socket.send("{\"type\":\"subscribe\",\"subject\":\"one.more\"}");
            assertThat(socket.next("error").path("code").asText()).isEqualTo("limit_exceeded");
            socket.send("{\"type\":\"publish\",\"subject\":\"s.199\",\"data\":1}");
            socket.next("message");
        }
    }
}
