package ai.artcafe.stack.broker;

import io.nats.client.NKey;
import java.io.IOException;
import java.security.GeneralSecurityException;

/** An NKey: its secret seed and the public key that others may know. */
public record NKeyPair(String seed, String publicKey) {

    public static NKeyPair newUser() {
        try {
            return of(NKey.createUser(null));
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("an NKey could not be made", e);
        }
    }

    public static NKeyPair newAccount() {
        try {
            return of(NKey.createAccount(null));
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("an NKey could not be made", e);
        }
    }

    /**
     * @throws IllegalArgumentException when it is not a seed; the message does not repeat it
     */
    public static NKeyPair ofSeed(String seed) {
        try {
            return of(NKey.fromSeed(seed.toCharArray()));
        } catch (GeneralSecurityException | IOException | RuntimeException e) {
            throw new IllegalArgumentException("not an NKey seed", e);
        }
    }

    private static NKeyPair of(NKey key) throws GeneralSecurityException, IOException {
        NKeyPair pair = new NKeyPair(new String(key.getSeed()), new String(key.getPublicKey()));
        key.clear();
        return pair;
    }

    /** Without the seed. */
    @Override
    public String toString() {
        return publicKey;
    }
}
