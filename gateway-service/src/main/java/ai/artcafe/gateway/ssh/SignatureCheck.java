package ai.artcafe.gateway.ssh;

import ai.artcafe.gateway.ssh.ClientSignature.Raw;
import ai.artcafe.gateway.ssh.ClientSignature.SshSig;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERSequence;

/**
 * Whether a signature over a message was made with the private half of a registered key. Anything
 * that is not exactly one of the accepted forms does not verify; nothing is ever thrown.
 */
public final class SignatureCheck {

    /** The namespace of {@code ssh-keygen -Y sign -n}. */
    static final String NAMESPACE = "artcafe";

    private static final int SHA256_BYTES = 32;

    private SignatureCheck() {}

    public static boolean verifies(SshPublicKey key, byte[] message, String signature) {
        try {
            Optional<ClientSignature> parsed = ClientSignature.parse(signature);
            if (parsed.isEmpty()) {
                return false;
            }
            return switch (parsed.get()) {
                case Raw raw -> raw(key, message, raw.bytes());
                case SshSig sshSig -> sshSig(key, message, sshSig);
            };
        } catch (GeneralSecurityException | IOException | RuntimeException _) {
            return false;
        }
    }

    private static boolean raw(SshPublicKey key, byte[] message, byte[] signature)
            throws GeneralSecurityException {
        return switch (key.kind()) {
            case ED25519 -> verify("Ed25519", key, message, signature);
            case ECDSA_P256, ECDSA_P384 -> verify("SHA256withECDSA", key, message, signature);
            case RSA -> {
                if (signature.length != (key.modulusBits() + 7) / 8) {
                    yield false;
                }
                int largestSalt = (key.modulusBits() + 6) / 8 - SHA256_BYTES - 2;
                yield verify("SHA256withRSA", key, message, signature)
                        || pss(key, message, signature, SHA256_BYTES)
                        || pss(key, message, signature, largestSalt);
            }
        };
    }

    private static boolean sshSig(SshPublicKey key, byte[] message, SshSig sig)
            throws GeneralSecurityException, IOException {
        if (!key.hasBlob(sig.publicKey()) || !sig.namespace().equals(NAMESPACE)) {
            return false;
        }
        Optional<String> digest =
                switch (sig.hash()) {
                    case "sha256" -> Optional.of("SHA-256");
                    case "sha512" -> Optional.of("SHA-512");
                    default -> Optional.empty();
                };
        if (digest.isEmpty()) {
            return false;
        }
        ByteArrayOutputStream signed = new ByteArrayOutputStream();
        signed.writeBytes(ClientSignature.Armour.MAGIC.getBytes(StandardCharsets.US_ASCII));
        SshWire.putString(signed, NAMESPACE.getBytes(StandardCharsets.US_ASCII));
        SshWire.putString(signed, sig.reserved());
        SshWire.putString(signed, sig.hash().getBytes(StandardCharsets.US_ASCII));
        SshWire.putString(signed, MessageDigest.getInstance(digest.get()).digest(message));
        return sshSignature(key, signed.toByteArray(), sig.algorithm(), sig.signature());
    }

    /** Each kind of key with its own algorithms only; SHA-1 ({@code ssh-rsa}) is none of them. */
    private static boolean sshSignature(
            SshPublicKey key, byte[] signed, String algorithm, byte[] signature)
            throws GeneralSecurityException, IOException {
        return switch (key.kind()) {
            case ED25519 ->
                    algorithm.equals("ssh-ed25519") && verify("Ed25519", key, signed, signature);
            case RSA ->
                    switch (algorithm) {
                        case "rsa-sha2-256" -> verify("SHA256withRSA", key, signed, signature);
                        case "rsa-sha2-512" -> verify("SHA512withRSA", key, signed, signature);
                        default -> false;
                    };
            case ECDSA_P256 ->
                    algorithm.equals("ecdsa-sha2-nistp256")
                            && verify("SHA256withECDSA", key, signed, der(signature));
            case ECDSA_P384 ->
                    algorithm.equals("ecdsa-sha2-nistp384")
                            && verify("SHA384withECDSA", key, signed, der(signature));
        };
    }

    private static boolean verify(
            String algorithm, SshPublicKey key, byte[] message, byte[] signature)
            throws GeneralSecurityException {
        Signature verifier = Signature.getInstance(algorithm);
        verifier.initVerify(key.key());
        verifier.update(message);
        return verifier.verify(signature);
    }

    /** Signers differ in the salt: as long as the digest, or as long as fits. */
    private static boolean pss(SshPublicKey key, byte[] message, byte[] signature, int salt)
            throws GeneralSecurityException {
        Signature verifier = Signature.getInstance("RSASSA-PSS");
        verifier.setParameter(
                new PSSParameterSpec(
                        "SHA-256",
                        "MGF1",
                        MGF1ParameterSpec.SHA256,
                        salt,
                        PSSParameterSpec.TRAILER_FIELD_BC));
        verifier.initVerify(key.key());
        verifier.update(message);
        return verifier.verify(signature);
    }

    private static byte[] der(byte[] sshSignature) throws IOException {
        SshWire wire = new SshWire(sshSignature);
        BigInteger r = wire.positive();
        BigInteger s = wire.positive();
        wire.end();
        ASN1EncodableVector pair = new ASN1EncodableVector();
        pair.add(new ASN1Integer(r));
        pair.add(new ASN1Integer(s));
        return new DERSequence(pair).getEncoded();
    }
}
