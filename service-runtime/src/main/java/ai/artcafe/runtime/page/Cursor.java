package ai.artcafe.runtime.page;

import ai.artcafe.model.problem.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/**
 * Where a list goes on, opaque to clients. A checksum over the list and the position refuses a
 * cursor that was altered or is of another list; it holds no secret, as a position grants nothing.
 */
public final class Cursor {

    private static final int CHECKSUM_BYTES = 8;

    private Cursor() {}

    /**
     * @param scope names the list
     * @param position the last item that was shown
     */
    public static String of(String scope, String position) {
        byte[] text = position.getBytes(StandardCharsets.UTF_8);
        byte[] all = Arrays.copyOf(checksum(scope, text), CHECKSUM_BYTES + text.length);
        System.arraycopy(text, 0, all, CHECKSUM_BYTES, text.length);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(all);
    }

    /** The position, or an {@code invalid_request} error. */
    static String read(String scope, String cursor) {
        try {
            byte[] all = Base64.getUrlDecoder().decode(cursor);
            if (all.length > CHECKSUM_BYTES) {
                byte[] text = Arrays.copyOfRange(all, CHECKSUM_BYTES, all.length);
                if (Arrays.equals(
                        checksum(scope, text), 0, CHECKSUM_BYTES, all, 0, CHECKSUM_BYTES)) {
                    return new String(text, StandardCharsets.UTF_8);
                }
            }
        } catch (IllegalArgumentException _) {
            // answered below
        }
        throw ErrorCode.INVALID_REQUEST.because("cursor is not one that this list gave out");
    }

    private static byte[] checksum(String scope, byte[] text) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(scope.getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
            return Arrays.copyOf(digest.digest(text), CHECKSUM_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
