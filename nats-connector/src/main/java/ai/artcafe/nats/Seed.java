package ai.artcafe.nats;

import io.nats.client.NKey;
import java.io.IOException;
import java.security.GeneralSecurityException;

/** An nkey seed: the secret that a NATS connection or an issuer signs with. Never printed. */
public final class Seed {

    private final char[] text;
    private final String publicKey;

    private Seed(char[] text, String publicKey) {
        this.text = text;
        this.publicKey = publicKey;
    }

    /**
     * Reads a seed; white space around it is let pass.
     *
     * @throws IllegalArgumentException when the text is not an nkey seed; the message does not
     *     repeat it
     */
    public static Seed parse(String text) {
        char[] seed = text.strip().toCharArray();
        try {
            return new Seed(seed, new String(NKey.fromSeed(seed).getPublicKey()));
        } catch (IllegalArgumentException | GeneralSecurityException | IOException e) {
            throw new IllegalArgumentException("not an nkey seed (SU…, SA…)");
        }
    }

    /** The public key that belongs to it, {@code U…} or {@code A…}. */
    public String publicKey() {
        return publicKey;
    }

    /** A key that signs with this seed. */
    public NKey key() {
        return NKey.fromSeed(text);
    }

    @Override
    public String toString() {
        return "Seed[" + publicKey + "]";
    }
}
