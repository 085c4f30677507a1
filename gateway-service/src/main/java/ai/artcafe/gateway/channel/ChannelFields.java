package ai.artcafe.gateway.channel;

import ai.artcafe.model.problem.ErrorCode;
import ai.artcafe.model.problem.ProblemException;
import java.util.Map;

/**
 * What the fields of a channel may hold: each method gives the value back, or throws {@code
 * invalid_request} with the {@code field}.
 */
final class ChannelFields {

    static final String NAME = "name";
    static final String DESCRIPTION = "description";

    private static final int MAX_NAME = 200;
    private static final int MAX_DESCRIPTION = 2000;

    private ChannelFields() {}

    static String name(String text) {
        return bounded(NAME, text, MAX_NAME);
    }

    static String description(String text) {
        return bounded(DESCRIPTION, text, MAX_DESCRIPTION);
    }

    private static String bounded(String field, String text, int max) {
        if (text.isBlank()
                || text.length() > max
                || text.chars().anyMatch(c -> Character.isISOControl(c) && c != '\n')) {
            throw new ProblemException(
                    ErrorCode.INVALID_REQUEST,
                    field + " must have 1 to " + max + " characters, no control characters",
                    Map.of("field", field));
        }
        return text;
    }
}
