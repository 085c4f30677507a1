package ai.artcafe.stack.demo;

import ai.artcafe.stack.SecretFile;
import ai.artcafe.stack.StackException;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/** An agent's ed25519 key pair: signs challenges; its public key in the form of OpenSSH. */
public final class SshIdentity {

    private static final String KIND = "ssh-ed25519";
    private static final int RAW_KEY_BYTES = 32;

    private final PrivateKey secret;
    private final String publicKey;

    private SshIdentity(PrivateKey secret, String publicKey) {
        this.secret = secret;
        this.publicKey = publicKey;
    }

    /** The key pair in this file, made when it is missing. */
    public static SshIdentity in(Path file) {
        try {
            if (Files.exists(file)) {
                List<String> lines = Files.readAllLines(file);
                return new SshIdentity(
                        KeyFactory.getInstance("Ed25519")
                                .generatePrivate(
                                        new PKCS8EncodedKeySpec(
                                                Base64.getDecoder().decode(lines.getFirst()))),
                        lines.get(1));
            }
            KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            String publicKey = openSsh(pair.getPublic().getEncoded());
            SecretFile.write(
                    file,
                    Base64.getEncoder().encodeToString(pair.getPrivate().getEncoded())
                            + "\n"
                            + publicKey
                            + "\n");
            return new SshIdentity(pair.getPrivate(), publicKey);
        } catch (GeneralSecurityException e) {
            throw new StackException("the key in " + file + " is not usable", e);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    /** {@code ssh-ed25519 AAAA…}. */
    public String publicKey() {
        return publicKey;
    }

    /** Over the text's UTF-8, in base64. */
    public String sign(String text) {
        try {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(secret);
            signature.update(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Ed25519 cannot sign", e);
        }
    }

    private static String openSsh(byte[] x509) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream fields = new DataOutputStream(bytes)) {
            for (byte[] field :
                    List.of(
                            KIND.getBytes(StandardCharsets.US_ASCII),
                            Arrays.copyOfRange(x509, x509.length - RAW_KEY_BYTES, x509.length))) {
                fields.writeInt(field.length);
                fields.write(field);
            }
        }
        return KIND + " " + Base64.getEncoder().encodeToString(bytes.toByteArray());
    }
}
