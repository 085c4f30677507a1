package ai.artcafe.gateway.door;

import static org.assertj.core.api.Assertions.assertThat;

import ai.artcafe.gateway.Platform;
import ai.artcafe.gateway.Stack;
import ai.artcafe.gateway.TestSocket;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
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
            return Map.of("artcafe.gateway.socket.heartbeat-timeout", "2s");
        }
    }

    @Test
    void whoFallsSilentIsClosed() throws Exception {
        TestSocket silent = Platform.sshAgent(Platform.tenant("enterprise")).connect();
        assertThat(silent.awaitClose()).isEqualTo(4408);
    }
}
