package ai.artcafe.metrics.answer;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * What tells one representation from another. It is weak, as a compressed one has the same.
 *
 * @param value base64url of a digest
 */
record EntityTag(String value) {

    /** Enough that two never meet. */
    private static final int BYTES = 18;

    private static final String ANY = "*";
    private static final String WEAK = "W/";

    static EntityTag of(byte[] body) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(body);
            return new EntityTag(
                    Base64.getUrlEncoder().encodeToString(Arrays.copyOf(digest, BYTES)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Whether {@code If-None-Match} names it; by weak comparison, as RFC 9110 has it. */
    boolean isAmong(List<String> ifNoneMatch) {
        return ifNoneMatch.stream()
                .flatMap(line -> Arrays.stream(line.split(",", -1)))
                .map(String::strip)
                .anyMatch(tag -> tag.equals(ANY) || opaque(tag).equals(quoted()));
    }

    private static String opaque(String tag) {
        return tag.startsWith(WEAK) ? tag.substring(WEAK.length()) : tag;
    }

    private String quoted() {
        return '"' + value + '"';
    }

    @Override
    public String toString() {
        return WEAK + quoted();
    }
}
