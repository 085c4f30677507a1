package ai.artcafe.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NatsKeysTest {

    @TempDir Path directory;

    @Test
    void usersAndTheIssuerHaveSeedsOfTheirKind() {
        NatsKeys keys = NatsKeys.in(directory);

        assertThat(keys.seed(NatsIdentity.MONITOR)).startsWith("SU");
        assertThat(keys.publicKey(NatsIdentity.MONITOR)).startsWith("U");
        assertThat(keys.seed(NatsIdentity.ISSUER)).startsWith("SA");
        assertThat(keys.publicKey(NatsIdentity.ISSUER)).startsWith("A");
    }

    @Test
    void theSameFolderGivesTheSameKeys() {
        NatsKeys made = NatsKeys.in(directory);

        NatsKeys read = NatsKeys.in(directory);

        for (NatsIdentity identity : NatsIdentity.values()) {
            assertThat(read.seed(identity)).isEqualTo(made.seed(identity));
        }
    }

    @Test
    void onlyTheOwnerCanReadASeed() throws Exception {
        NatsKeys.in(directory);

        assertThat(Files.getPosixFilePermissions(directory.resolve("gateway-slot.nk")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void aBrokenSeedIsRefusedWithoutRepeatingIt() throws Exception {
        Files.writeString(directory.resolve("monitor.nk"), "SUSECRET\n");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> NatsKeys.in(directory))
                .withMessage("monitor.nk is not an NKey seed");
    }
}
