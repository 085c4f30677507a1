package ai.artcafe.metrics.graphql;

import ai.artcafe.model.problem.ErrorCode;
import ai.artcafe.model.problem.ProblemException;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A GraphQL request, by the names that GraphQL has for its members.
 *
 * @param query the document
 * @param operationName which of its operations, where it has several
 * @param variables their values
 */
record GraphQlRequest(
        @Schema(required = true, examples = "{ realtime { activeClients } }") String query,
        @JsonProperty("operationName") Optional<String> operationName,
        Map<String, @Nullable Object> variables) {

    GraphQlRequest(
            @Nullable String query,
            @Nullable Optional<String> operationName,
            @Nullable Map<String, @Nullable Object> variables) {
        if (query == null || query.isBlank()) {
            throw new ProblemException(
                    ErrorCode.INVALID_REQUEST, "query is missing.", Map.of("field", "query"));
        }
        this.query = query;
        this.operationName = operationName == null ? Optional.empty() : operationName;
        this.variables =
                variables == null
                        ? Map.of()
                        : Collections.unmodifiableMap(new LinkedHashMap<>(variables));
    }
}
