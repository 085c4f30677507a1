package ai.artcafe.runtime.status;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/** What stands for a user's session: its id names nothing outside of this process. */
final class SessionHash {

    private static final int MAX_ID = 128;
    private static final int BYTES = 16;

    private SessionHash() {}

    /**
     * @param id as the client sent it; empty when it is empty, too long or not printable ASCII
     */
    static Optional<String> of(String id) {
        if (id.isEmpty()
                || id.length() > MAX_ID
                || id.chars().anyMatch(each -> each <= ' ' || each > '~')) {
            return Optional.empty();
        }
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update("artcafe-session:".getBytes(StandardCharsets.US_ASCII));
            byte[] hash = digest.digest(id.getBytes(StandardCharsets.US_ASCII));
            return Optional.of(HexFormat.of().formatHex(Arrays.copyOf(hash, BYTES)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
