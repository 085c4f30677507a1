package ai.artcafe.gateway.broker;

import io.nats.client.NKey;

/** Tells an agent's public NKey from other text. */
public final class NKeys {

    private static final int LENGTH = 56;

    private NKeys() {}

    /** Whether the text is a user's public key, {@code U…}, with its checksum right. */
    public static boolean isUserPublicKey(String text) {
        return text.length() == LENGTH
                && text.charAt(0) == 'U'
                && NKey.isValidPublicUserKey(text.toCharArray());
    }
}
