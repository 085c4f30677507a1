package ai.artcafe.nats;

import io.nats.client.AuthHandler;
import io.nats.client.NKey;
import java.io.IOException;
import java.security.GeneralSecurityException;
import org.jspecify.annotations.Nullable;

/** Answers the server's nonce with a signature, and the user's public key as the name. */
record NKeyAuthentication(NKey key) implements AuthHandler {

    @Override
    public byte[] sign(byte[] nonce) {
        try {
            return key.sign(nonce);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("the nonce could not be signed", e);
        }
    }

    @Override
    public char[] getID() {
        try {
            return key.getPublicKey();
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("the seed has no public key", e);
        }
    }

    @Override
    public char @Nullable [] getJWT() {
        return null;
    }

    @Override
    public String toString() {
        return "NKeyAuthentication";
    }
}
