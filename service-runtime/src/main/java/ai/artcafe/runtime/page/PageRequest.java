package ai.artcafe.runtime.page;

import ai.artcafe.model.problem.ErrorCode;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which part of a list is asked for.
 *
 * @param limit how many items, 1 to {@value #MAX_LIMIT}
 * @param after the position after which to begin
 */
public record PageRequest(int limit, Optional<String> after) {

    public static final int DEFAULT_LIMIT = 50;
    public static final int MAX_LIMIT = 100;

    /**
     * @param scope the list that the cursor must be of
     * @param limit the query parameter, if it was given
     * @param cursor the query parameter, if it was given
     */
    public static PageRequest of(String scope, @Nullable String limit, @Nullable String cursor) {
        return new PageRequest(
                limit == null ? DEFAULT_LIMIT : number(limit),
                Optional.ofNullable(cursor).map(text -> Cursor.read(scope, text)));
    }

    private static int number(String limit) {
        try {
            int number = Integer.parseInt(limit);
            if (number >= 1 && number <= MAX_LIMIT) {
                return number;
            }
        } catch (NumberFormatException _) {
            // answered below
        }
        throw ErrorCode.INVALID_REQUEST.because("limit must be 1 to " + MAX_LIMIT);
    }
}
