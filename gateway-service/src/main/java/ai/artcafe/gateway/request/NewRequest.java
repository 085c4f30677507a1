package ai.artcafe.gateway.request;

import ai.artcafe.gateway.payload.RawJson;
import ai.artcafe.model.problem.ErrorCode;
import ai.artcafe.model.problem.ProblemException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an agent is asked.
 *
 * @param data any JSON
 * @param timeoutMs how long to wait for its reply, in milliseconds
 */
record NewRequest(@Nullable RawJson data, Optional<Long> timeoutMs) {

    byte[] payload() {
        if (data == null) {
            throw invalid("data", "data is missing");
        }
        return data.bytes();
    }

    Duration timeout(RequestConfig config) {
        long max = config.maxTimeout().toMillis();
        return timeoutMs
                .map(millis -> {
                    if (millis < 1 || millis > max) {
                        throw invalid("timeout_ms", "timeout_ms must be 1 to " + max);
                    }
                    return Duration.ofMillis(millis);
                })
                .orElse(config.timeout());
    }

    private static ProblemException invalid(String field, String detail) {
        return new ProblemException(ErrorCode.INVALID_REQUEST, detail, Map.of("field", field));
    }
}
