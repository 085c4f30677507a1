package ai.artcafe.nats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nats.client.NKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NatsSeedsTest {

    private final Map<String, String> settings = new HashMap<>();
    private final Map<String, String> environment = new HashMap<>();

    @TempDir Path keys;

    @Test
    void aSeedComesFromTheSettings() throws Exception {
        NKey key = NKey.createUser(new SecureRandom());
        settings.put("artcafe.nats.seeds.gateway-slot", new String(key.getSeed()));

        assertThat(seeds().seed("gateway-slot").publicKey())
                .isEqualTo(new String(key.getPublicKey()));
    }

    @Test
    void aSeedComesFromItsVariable() throws Exception {
        NKey key = NKey.createUser(new SecureRandom());
        environment.put("ARTCAFE_NATS_SEED_GATEWAY_SLOT", new String(key.getSeed()));

        assertThat(seeds().seed("gateway-slot").publicKey())
                .isEqualTo(new String(key.getPublicKey()));
    }

    @Test
    void aSeedComesFromItsFile() throws Exception {
        NKey key = NKey.createAccount(new SecureRandom());
        Files.writeString(keys.resolve("issuer.nk"), new String(key.getSeed()) + "\n");
        settings.put("artcafe.nats.keys-directory", keys.toString());

        assertThat(seeds().seed("issuer").publicKey()).startsWith("A");
    }

    @Test
    void withoutAFolderTheErrorNamesTheSettings() {
        assertThatThrownBy(() -> seeds().seed("tracker"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(
                        "no NATS seed 'tracker': set artcafe.nats.keys-directory to a folder that"
                                + " holds tracker.nk, or artcafe.nats.seeds.tracker");
    }

    @Test
    void withoutAFileTheErrorNamesTheFile() {
        settings.put("artcafe.nats.keys-directory", keys.toString());

        assertThatThrownBy(() -> seeds().seed("tracker"))
                .hasMessageContaining(keys.resolve("tracker.nk").toString());
    }

    @Test
    void aBrokenSeedIsNotRepeated() {
        environment.put("ARTCAFE_NATS_SEED_TRACKER", "SUSECRET");

        assertThatThrownBy(() -> seeds().seed("tracker"))
                .hasMessageContaining("ARTCAFE_NATS_SEED_TRACKER")
                .hasMessageNotContaining("SUSECRET")
                .hasNoCause();
    }

    @Test
    void aSeedIsNotPrinted() throws Exception {
        NKey key = NKey.createUser(new SecureRandom());

        assertThat(Seed.parse(new String(key.getSeed())).toString())
                .doesNotContain(new String(key.getSeed()));
    }

    private NatsSeeds seeds() {
        return new NatsSeeds(
                ConnectorAttributesTest.settings(settings),
                (String name) -> Optional.ofNullable(environment.get(name)));
    }
}
