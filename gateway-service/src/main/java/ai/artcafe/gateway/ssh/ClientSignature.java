package ai.artcafe.gateway.ssh;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** A signature as a client sends it, not yet checked. */
sealed interface ClientSignature {

    /**
     * What {@code ssh-keygen -Y sign} makes of an 8192 bit key, armoured and encoded twice, fits.
     */
    int MAX_TEXT = 16_384;

    /** The bare result of the key's algorithm; which one is told by the key and the length. */
    record Raw(byte[] bytes) implements ClientSignature {}

    /**
     * The envelope of {@code ssh-keygen -Y sign}.
     *
     * @param publicKey the key that claims to have signed, as an SSH blob
     * @param namespace what the signature is for
     * @param reserved empty today; part of what is signed
     * @param hash {@code sha256} or {@code sha512}
     * @param algorithm the algorithm that SSH names in the signature
     * @param signature the algorithm's result
     */
    record SshSig(
            byte[] publicKey,
            String namespace,
            byte[] reserved,
            String hash,
            String algorithm,
            byte[] signature)
            implements ClientSignature {}

    /**
     * Reads base64 (standard or URL-safe, padded or not) of a raw signature or of an SSHSIG, or
     * armoured SSHSIG text, or its base64.
     *
     * @return empty when it is none of these
     */
    static Optional<ClientSignature> parse(String text) {
        if (text.length() > MAX_TEXT) {
            return Optional.empty();
        }
        try {
            return Optional.of(isArmour(text) ? armoured(text) : bytes(base64(text)));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private static ClientSignature bytes(byte[] bytes) {
        if (bytes.length == 0) {
            throw new IllegalArgumentException("empty");
        }
        if (startsWith(bytes, Armour.MAGIC)) {
            return sshSig(bytes);
        }
        if (startsWith(bytes, Armour.BEGIN)) {
            return armoured(new String(bytes, StandardCharsets.US_ASCII));
        }
        return new Raw(bytes);
    }

    private static boolean isArmour(String text) {
        return text.stripLeading().startsWith(Armour.BEGIN);
    }

    private static ClientSignature armoured(String text) {
        String body = text.strip();
        if (!body.endsWith(Armour.END)) {
            throw new IllegalArgumentException("the armour has no end");
        }
        return sshSig(
                base64(body.substring(Armour.BEGIN.length(), body.length() - Armour.END.length())));
    }

    private static SshSig sshSig(byte[] bytes) {
        SshWire wire = new SshWire(bytes);
        String magic = new String(wire.raw(Armour.MAGIC.length()), StandardCharsets.US_ASCII);
        if (!magic.equals(Armour.MAGIC) || wire.uint32() != Armour.VERSION) {
            throw new IllegalArgumentException("not an SSHSIG of version 1");
        }
        byte[] publicKey = wire.string();
        String namespace = wire.text();
        byte[] reserved = wire.string();
        String hash = wire.text();
        SshWire signature = new SshWire(wire.string());
        wire.end();
        String algorithm = signature.text();
        byte[] result = signature.string();
        signature.end();
        return new SshSig(publicKey, namespace, reserved, hash, algorithm, result);
    }

    /** A blank in a query parameter was a plus that its sender did not encode. */
    private static byte[] base64(String text) {
        StringBuilder standard = new StringBuilder(text.length());
        String body = text.strip();
        for (int i = 0; i < body.length(); i++) {
            char c = body.charAt(i);
            switch (c) {
                case '\r', '\n' -> {}
                case '-' -> standard.append('+');
                case '_' -> standard.append('/');
                case ' ' -> standard.append('+');
                default -> standard.append(c);
            }
        }
        return Base64.getDecoder().decode(standard.toString());
    }

    private static boolean startsWith(byte[] bytes, String prefix) {
        if (bytes.length < prefix.length()) {
            return false;
        }
        for (int i = 0; i < prefix.length(); i++) {
            if (bytes[i] != prefix.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** The fixed parts of OpenSSH's signature format (PROTOCOL.sshsig). */
    final class Armour {
        static final String BEGIN = "-----BEGIN SSH SIGNATURE-----";
        static final String END = "-----END SSH SIGNATURE-----";
        static final String MAGIC = "SSHSIG";
        static final int VERSION = 1;

        private Armour() {}
    }
}
