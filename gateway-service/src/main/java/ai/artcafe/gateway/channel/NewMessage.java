package ai.artcafe.gateway.channel;

import ai.artcafe.gateway.payload.RawJson;
import ai.artcafe.model.problem.ErrorCode;
import ai.artcafe.model.problem.ProblemException;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a request to send a message to a channel says.
 *
 * @param data what is sent, any JSON
 * @param content the same under its other name; one of the two must be there
 * @param id the sender's own; a message with the same id is the same message for a while
 */
record NewMessage(@Nullable RawJson data, @Nullable RawJson content, Optional<String> id) {

    private static final int MAX_ID = 128;

    byte[] payload() {
        RawJson given = data == null ? content : data;
        if (given == null || (data != null && content != null)) {
            throw invalid("data", "one of data and content must be there");
        }
        return given.bytes();
    }

    String messageId() {
        id.ifPresent(text -> {
            if (text.isEmpty()
                    || text.length() > MAX_ID
                    || text.chars().anyMatch(c -> c <= ' ' || c > '~')) {
                throw invalid("id", "id must be 1 to " + MAX_ID + " printable ASCII characters");
            }
        });
        return id.orElseGet(() -> UUID.randomUUID().toString());
    }

    private static ProblemException invalid(String field, String detail) {
        return new ProblemException(ErrorCode.INVALID_REQUEST, detail, Map.of("field", field));
    }
}
