package ai.artcafe.gateway.door;

import static org.assertj.core.api.Assertions.assertThat;

import ai.artcafe.gateway.Platform;
import ai.artcafe.gateway.RawSocket;
import ai.artcafe.gateway.Stack;
import ai.artcafe.gateway.TestSocket;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Alone: a heartbeat timeout that is soon over closes the sockets of other tests too. */
@QuarkusTest
@QuarkusTestResource(Stack.class)
@TestProfile(SilenceIT.ShortTimeout.class)
class SilenceIT {

    /** Silence is found out soon. */
    public static final class ShortTimeout implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "artcafe.gateway.socket.heartbeat-timeout",
                    "2s",
                    "quarkus.http.idle-timeout",
                    "4S");
        }
    }

    @Test
    void whoFallsSilentIsClosed() throws Exception {
        TestSocket silent = Platform.sshAgent(Platform.tenant("enterprise")).connect();
        assertThat(silent.awaitClose()).isEqualTo(4408);
    }

    @Test
    void whoStopsInTheMiddleOfARequestIsClosed() throws Exception {
        try (RawSocket nothing = RawSocket.connect();
                RawSocket partOfARequest = RawSocket.connect();
                RawSocket partOfAHello = RawSocket.connect()) {
            partOfARequest.send("GET /ws/agent/a HTTP/1.1\r\nHost: loc");
            partOfAHello.send("\u0016\u0003\u0001");
            for (RawSocket client : List.of(nothing, partOfARequest, partOfAHello)) {
                assertThat(client.awaitEnd()).isEmpty();
            }
        }
    }
}
