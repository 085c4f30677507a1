package ai.artcafe.gateway.auth;

import ai.artcafe.gateway.ssh.SignatureCheck;
import ai.artcafe.gateway.ssh.SshPublicKey;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.Base64;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.util.OpenSSHPublicKeyUtil;

/**
 * A key that nobody has, checked in place of an unknown agent's so that the answer takes as long.
 * Checked once at start, too: the first signature that a JVM checks takes up to 100 ms.
 */
@Singleton
class StandInKey {

    private static final int ED25519_SIGNATURE_BYTES = 64;

    private final SshPublicKey key;

    StandInKey() {
        try {
            byte[] blob =
                    OpenSSHPublicKeyUtil.encodePublicKey(
                            new Ed25519PrivateKeyParameters(new SecureRandom())
                                    .generatePublicKey());
            key = SshPublicKey.parse("ssh-ed25519 " + Base64.getEncoder().encodeToString(blob));
        } catch (IOException e) {
            throw new IllegalStateException("an Ed25519 key always has an encoding", e);
        }
    }

    SshPublicKey key() {
        return key;
    }

    void warmUp(@Observes StartupEvent started) {
        SignatureCheck.verifies(
                key,
                new byte[0],
                Base64.getEncoder().encodeToString(new byte[ED25519_SIGNATURE_BYTES]));
    }
}
