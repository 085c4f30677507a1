package ai.artcafe.gateway.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.PSSParameterSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.crypto.util.OpenSSHPrivateKeyUtil;
import org.bouncycastle.crypto.util.PrivateKeyInfoFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against the real {@code ssh-keygen}. */
class SignatureCheckTest {

    private static final String CHALLENGE = "k3Jp0Zb3c7n1vX2q9sLw4mHyTgRfDeUaIoPzQxCvBnM";

    @TempDir private Path folder;

    @ParameterizedTest
    @CsvSource({
        "ed25519, 256, sha512",
        "ed25519, 256, sha256",
        "rsa, 2048, sha512",
        "rsa, 3072, sha256",
        "ecdsa, 256, sha512",
        "ecdsa, 384, sha256"
    })
    void whatSshKeygenSignsVerifiesInEveryEncoding(String type, int bits, String hash)
            throws Exception {
        Path key = keygen(type, bits);
        String armoured = sshSign(key, "artcafe", hash);
        SshPublicKey registered = registered(key);
        String body = armoured.replaceAll("-----[A-Z ]+-----", "").replaceAll("\\s", "");

        for (String form :
                List.of(
                        armoured,
                        Base64.getEncoder()
                                .encodeToString(armoured.getBytes(StandardCharsets.US_ASCII)),
                        body,
                        body.replace("=", "").replace('+', '-').replace('/', '_'),
                        body.replace('+', ' '))) {
            assertThat(verifies(registered, CHALLENGE, form)).as(form).isTrue();
            assertThat(verifies(registered, CHALLENGE + "x", form)).as(form).isFalse();
        }
    }

    @Test
    void aSignatureForAnotherPurposeDoesNotVerify() throws Exception {
        Path key = keygen("ed25519", 256);
        assertThat(verifies(registered(key), CHALLENGE, sshSign(key, "file", "sha512"))).isFalse();
    }

    @Test
    void aSignatureByAnotherKeyDoesNotVerify() throws Exception {
        SshPublicKey registered = registered(keygen("ed25519", 256));
        for (String type : List.of("ed25519", "rsa", "ecdsa")) {
            Path other = keygen(type, type.equals("ecdsa") ? 256 : 2048);
            assertThat(verifies(registered, CHALLENGE, sshSign(other, "artcafe", "sha512")))
                    .as(type)
                    .isFalse();
        }
    }

    @Test
    void rawSignaturesVerifyWithTheirOwnKindOfKeyOnly() throws Exception {
        Path ed25519 = keygen("ed25519", 256);
        Path rsa = keygen("rsa", 2048);
        Path ecdsa = keygen("ecdsa", 256);
        List<Path> keys = List.of(ed25519, rsa, ecdsa);
        List<String> ed = List.of(sign("Ed25519", privateKey("Ed25519", ed25519), 0));
        List<String> rs =
                List.of(
                        sign("SHA256withRSA", privateKey("RSA", rsa), 0),
                        sign("RSASSA-PSS", privateKey("RSA", rsa), 32),
                        sign("RSASSA-PSS", privateKey("RSA", rsa), 256 - 32 - 2));
        List<String> ec = List.of(sign("SHA256withECDSA", privateKey("EC", ecdsa), 0));
        List<List<String>> signatures = List.of(ed, rs, ec);
        for (int k = 0; k < keys.size(); k++) {
            for (int s = 0; s < signatures.size(); s++) {
                for (String signature : signatures.get(s)) {
                    assertThat(verifies(registered(keys.get(k)), CHALLENGE, signature))
                            .as("key %d, signature %d", k, s)
                            .isEqualTo(k == s);
                }
            }
        }
    }

    @Test
    void rsaWithSha1DoesNotVerify() throws Exception {
        Path rsa = keygen("rsa", 2048);
        assertThat(
                        verifies(
                                registered(rsa),
                                CHALLENGE,
                                sign("SHA1withRSA", privateKey("RSA", rsa), 0)))
                .isFalse();
    }

    @Test
    void junkNeverVerifiesAndNeverThrows() throws Exception {
        Path key = keygen("ed25519", 256);
        String good = sshSign(key, "artcafe", "sha512");
        byte[] blob = Base64.getMimeDecoder().decode(good.replaceAll("-----[A-Z ]+-----", ""));
        List<String> junk =
                new ArrayList<>(
                        List.of(
                                "",
                                " ",
                                "%%%",
                                "AAAA",
                                "U1NIU0lH",
                                "-----BEGIN SSH SIGNATURE-----",
                                "-----BEGIN SSH SIGNATURE----------END SSH SIGNATURE-----",
                                "A".repeat(20_000)));
        for (int length = 0; length < blob.length; length++) {
            junk.add(Base64.getEncoder().encodeToString(Arrays.copyOf(blob, length)));
        }
        for (int i = 0; i < blob.length; i++) {
            byte[] flipped = blob.clone();
            flipped[i] ^= 0x40;
            junk.add(Base64.getEncoder().encodeToString(flipped));
        }
        junk.add(Base64.getEncoder().encodeToString(Arrays.copyOf(blob, blob.length + 1)));
        SshPublicKey registered = registered(key);
        for (String text : junk) {
            assertThat(verifies(registered, CHALLENGE, text)).as(text).isFalse();
        }
    }

    @Test
    void weakForeignAndBrokenKeysAreRefusedWithAReason() throws Exception {
        String small = Files.readString(publicKey(keygen("rsa", 1024)));
        assertThatThrownBy(() -> SshPublicKey.parse(small)).hasMessageContaining("2048");
        String big = Files.readString(publicKey(keygen("ecdsa", 521)));
        assertThatThrownBy(() -> SshPublicKey.parse(big)).hasMessageContaining("type");
        String good = Files.readString(publicKey(keygen("ed25519", 256)));
        assertThatThrownBy(() -> SshPublicKey.parse(good.replace("ssh-ed25519", "ssh-rsa")))
                .hasMessageContaining("names one type and holds another");
        for (String junk :
                List.of("", "ssh-ed25519", "ssh-ed25519 %%%", "ssh-ed25519 AAAA", good + good)) {
            assertThatThrownBy(() -> SshPublicKey.parse(junk))
                    .as(junk)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("ssh_public_key");
        }
    }

    private static boolean verifies(SshPublicKey key, String message, String signature) {
        return SignatureCheck.verifies(key, message.getBytes(StandardCharsets.UTF_8), signature);
    }

    private static SshPublicKey registered(Path key) throws IOException {
        return SshPublicKey.parse(Files.readString(publicKey(key)));
    }

    private static Path publicKey(Path key) {
        return key.resolveSibling(key.getFileName() + ".pub");
    }

    private Path keygen(String type, int bits) throws Exception {
        Path key = folder.resolve("k" + System.nanoTime());
        run("ssh-keygen", "-q", "-t", type, "-b", "" + bits, "-N", "", "-C", "me", "-f", "" + key);
        return key;
    }

    private String sshSign(Path key, String namespace, String hash) throws Exception {
        Path message = folder.resolve("m" + System.nanoTime());
        Files.writeString(message, CHALLENGE);
        run(
                "ssh-keygen",
                "-q",
                "-Y",
                "sign",
                "-n",
                namespace,
                "-O",
                "hashalg=" + hash,
                "-f",
                "" + key,
                "" + message);
        return Files.readString(Path.of(message + ".sig"));
    }

    private static PrivateKey privateKey(String algorithm, Path key) throws Exception {
        byte[] blob =
                Base64.getMimeDecoder()
                        .decode(Files.readString(key).replaceAll("-----[A-Z ]+-----", ""));
        return KeyFactory.getInstance(algorithm)
                .generatePrivate(
                        new PKCS8EncodedKeySpec(
                                PrivateKeyInfoFactory.createPrivateKeyInfo(
                                                OpenSSHPrivateKeyUtil.parsePrivateKeyBlob(blob))
                                        .getEncoded()));
    }

    private static String sign(String algorithm, PrivateKey key, int salt)
            throws GeneralSecurityException {
        Signature signature = Signature.getInstance(algorithm);
        if (salt > 0) {
            signature.setParameter(
                    new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, salt, 1));
        }
        signature.initSign(key);
        signature.update(CHALLENGE.getBytes(StandardCharsets.UTF_8));
        return Base64.getEncoder().encodeToString(signature.sign());
    }

    private static void run(String... command) throws Exception {
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(String.join(" ", command)).isZero();
    }
}
