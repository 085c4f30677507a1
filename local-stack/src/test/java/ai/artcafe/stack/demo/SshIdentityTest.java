package ai.artcafe.stack.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import org.bouncycastle.crypto.util.OpenSSHPublicKeyUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SshIdentityTest {

    @TempDir Path directory;

    @Test
    void aSignatureIsVerifiedWithTheKeyInTheFormOfOpenSsh() {
        SshIdentity identity = SshIdentity.in(directory.resolve("agent"));
        byte[] key = Base64.getDecoder().decode(identity.publicKey().split(" ")[1]);
        byte[] challenge = "challenge".getBytes(StandardCharsets.UTF_8);

        Ed25519Signer verifier = new Ed25519Signer();
        verifier.init(false, (Ed25519PublicKeyParameters) OpenSSHPublicKeyUtil.parsePublicKey(key));
        verifier.update(challenge, 0, challenge.length);

        assertThat(verifier.verifySignature(Base64.getDecoder().decode(identity.sign("challenge"))))
                .isTrue();
    }

    @Test
    void theSameFileIsTheSameIdentity() {
        Path file = directory.resolve("agent");

        assertThat(SshIdentity.in(file).publicKey()).isEqualTo(SshIdentity.in(file).publicKey());
    }
}
