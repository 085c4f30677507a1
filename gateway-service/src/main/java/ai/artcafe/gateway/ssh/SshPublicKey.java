package ai.artcafe.gateway.ssh;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.params.RSAKeyParameters;
import org.bouncycastle.crypto.util.OpenSSHPublicKeyUtil;
import org.bouncycastle.crypto.util.SubjectPublicKeyInfoFactory;

/**
 * An OpenSSH public key of one of the kinds that agents may register: {@code ssh-ed25519}, {@code
 * ssh-rsa} of 2048 to 8192 bits, {@code ecdsa-sha2-nistp256} or {@code ecdsa-sha2-nistp384}.
 */
public final class SshPublicKey {

    private static final int MAX_TEXT = 4096;
    private static final int MIN_RSA_BITS = 2048;
    private static final int MAX_RSA_BITS = 8192;

    /** The kinds of key, each with the name that OpenSSH gives it. */
    enum Kind {
        ED25519("ssh-ed25519", "Ed25519"),
        RSA("ssh-rsa", "RSA"),
        ECDSA_P256("ecdsa-sha2-nistp256", "EC"),
        ECDSA_P384("ecdsa-sha2-nistp384", "EC");

        private final String sshName;
        private final String keyAlgorithm;

        Kind(String sshName, String keyAlgorithm) {
            this.sshName = sshName;
            this.keyAlgorithm = keyAlgorithm;
        }

        String sshName() {
            return sshName;
        }

        static Kind of(String sshName) {
            for (Kind kind : values()) {
                if (kind.sshName.equals(sshName)) {
                    return kind;
                }
            }
            throw new IllegalArgumentException(
                    "ssh_public_key must be of type ssh-ed25519, ssh-rsa, ecdsa-sha2-nistp256 or"
                            + " ecdsa-sha2-nistp384");
        }
    }

    private final Kind kind;
    private final byte[] blob;
    private final PublicKey key;
    private final int modulusBits;

    private SshPublicKey(Kind kind, byte[] blob, PublicKey key, int modulusBits) {
        this.kind = kind;
        this.blob = blob;
        this.key = key;
        this.modulusBits = modulusBits;
    }

    /**
     * Reads a line of an {@code authorized_keys} or {@code .pub} file: type, base64, and a comment
     * that is ignored.
     *
     * @throws IllegalArgumentException saying what is wrong with it
     */
    public static SshPublicKey parse(String line) {
        if (line.length() > MAX_TEXT) {
            throw new IllegalArgumentException(
                    "ssh_public_key must not be longer than " + MAX_TEXT + " characters");
        }
        String[] fields = line.strip().split("[ \\t]+", 3);
        if (fields.length < 2 || line.strip().lines().count() > 1) {
            throw new IllegalArgumentException(
                    "ssh_public_key must be one line of an OpenSSH .pub file: type and base64");
        }
        Kind kind = Kind.of(fields[0]);
        byte[] blob;
        try {
            blob = Base64.getDecoder().decode(fields[1]);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("ssh_public_key is not valid base64", e);
        }
        try {
            return of(kind, blob);
        } catch (RefusedKeyException e) {
            throw e;
        } catch (RuntimeException | IOException | GeneralSecurityException e) {
            throw new IllegalArgumentException("ssh_public_key is not a valid OpenSSH key", e);
        }
    }

    private static SshPublicKey of(Kind kind, byte[] blob)
            throws IOException, GeneralSecurityException {
        if (!new SshWire(blob).text().equals(kind.sshName())) {
            throw new RefusedKeyException("ssh_public_key names one type and holds another");
        }
        AsymmetricKeyParameter parameters = OpenSSHPublicKeyUtil.parsePublicKey(blob);
        int modulusBits =
                switch (parameters) {
                    case Ed25519PublicKeyParameters _ when kind == Kind.ED25519 -> 0;
                    case RSAKeyParameters rsa when kind == Kind.RSA -> rsaBits(rsa);
                    case ECPublicKeyParameters ec
                            when kind == Kind.ECDSA_P256 && fieldSize(ec) == 256 ->
                            0;
                    case ECPublicKeyParameters ec
                            when kind == Kind.ECDSA_P384 && fieldSize(ec) == 384 ->
                            0;
                    default ->
                            throw new RefusedKeyException(
                                    "ssh_public_key names one type and holds another");
                };
        byte[] canonical = OpenSSHPublicKeyUtil.encodePublicKey(parameters);
        if (!Arrays.equals(canonical, blob)) {
            throw new RefusedKeyException("ssh_public_key is not in its canonical encoding");
        }
        PublicKey key =
                KeyFactory.getInstance(kind.keyAlgorithm)
                        .generatePublic(
                                new X509EncodedKeySpec(
                                        SubjectPublicKeyInfoFactory.createSubjectPublicKeyInfo(
                                                        parameters)
                                                .getEncoded()));
        return new SshPublicKey(kind, blob, key, modulusBits);
    }

    private static int rsaBits(RSAKeyParameters rsa) {
        int bits = rsa.getModulus().bitLength();
        if (bits < MIN_RSA_BITS || bits > MAX_RSA_BITS) {
            throw new RefusedKeyException(
                    "an ssh-rsa key must have 2048 to 8192 bits, but this one has " + bits);
        }
        if (rsa.getExponent().compareTo(BigInteger.TWO) <= 0
                || rsa.getExponent().bitLength() > 64) {
            throw new RefusedKeyException("the ssh-rsa key's exponent is out of range");
        }
        return bits;
    }

    private static int fieldSize(ECPublicKeyParameters ec) {
        return ec.getParameters().getCurve().getFieldSize();
    }

    Kind kind() {
        return kind;
    }

    PublicKey key() {
        return key;
    }

    /** The RSA modulus in bits; 0 for other kinds. */
    int modulusBits() {
        return modulusBits;
    }

    boolean hasBlob(byte[] other) {
        return Arrays.equals(blob, other);
    }

    /** Type and base64, without a comment: the form in which a key is kept. */
    public String line() {
        return kind.sshName() + " " + Base64.getEncoder().encodeToString(blob);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SshPublicKey that && Arrays.equals(blob, that.blob);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(blob);
    }

    @Override
    public String toString() {
        return line();
    }

    /** A key that parses but is not accepted; the message is for the client. */
    private static final class RefusedKeyException extends IllegalArgumentException {
        private static final long serialVersionUID = 1L;

        RefusedKeyException(String message) {
            super(message);
        }
    }
}
