package ai.artcafe.stack.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.artcafe.stack.NatsIdentity;
import ai.artcafe.stack.NatsKeys;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NatsServerConfigTest {

    @TempDir Path directory;
    private NatsKeys keys;

    @BeforeEach
    void makeKeys() {
        keys = NatsKeys.in(directory);
    }

    private String text(int slots) {
        return new NatsServerConfig("127.0.0.1:4222", "127.0.0.1:8222", slots, keys).text();
    }

    @Test
    void everySlotIsAnAccountThatTheTapImportsUnderItsName() {
        assertThat(text(2))
                .contains("{stream: {account: S0001, subject: \">\"}, prefix: \"S0001\"}")
                .contains("{stream: {account: S0002, subject: \">\"}, prefix: \"S0002\"}")
                .contains("S0002 { limits { max_connections: 1000")
                .doesNotContain("S0003");
    }

    @Test
    void everyStaticUserPassesTheCalloutByAndTheGatewaysSlotKeyDoesNot() {
        String callout = text(1).substring(text(1).indexOf("auth_users"));

        assertThat(callout)
                .contains(keys.publicKey(NatsIdentity.MONITOR))
                .contains(keys.publicKey(NatsIdentity.KICKER))
                .contains(keys.publicKey(NatsIdentity.RESPONDER))
                .contains(keys.publicKey(NatsIdentity.GATEWAY))
                .contains(keys.publicKey(NatsIdentity.TRACKER))
                .contains(keys.publicKey(NatsIdentity.METRICS))
                .contains(keys.publicKey(NatsIdentity.TAP));
        assertThat(text(1)).doesNotContain(keys.publicKey(NatsIdentity.GATEWAY_SLOT));
    }

    @Test
    void noSeedIsInTheConfiguration() {
        for (NatsIdentity identity : NatsIdentity.values()) {
            assertThat(text(1)).doesNotContain(keys.seed(identity));
        }
    }

    @Test
    void aPoolOfNoSlotsIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> text(0))
                .withMessage("slots must be 1 to 9999, but is 0");
    }

    @Test
    void whileItIsDrainedNobodyAnswersWhoKnocks() {
        String drained = NatsServerConfig.drained(text(1));

        assertThat(drained).doesNotContain("$SYS.REQ.USER.AUTH").contains("timeout: 60");
        assertThat(drained.lines()).hasSameSizeAs(text(1).lines().toList());
        assertThatThrownBy(() -> NatsServerConfig.drained("listen: 4222"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("nats-config");
    }
}
