package ai.artcafe.runtime.problem;

import ai.artcafe.model.problem.ErrorCode;
import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.Map;

/**
 * The body of an error answer.
 *
 * @param type {@code urn:artcafe:problem:<code>}
 * @param title what the code means, the same for every occurrence
 * @param status the HTTP status
 * @param detail what is wrong here; shown to the client
 * @param code the stable code to program against
 * @param instance the path that was asked for, without its query
 * @param members what else the error tells, such as {@code required_tier} or {@code field}
 */
@JsonPropertyOrder({"type", "title", "status", "detail", "code", "instance"})
public record Problem(
        String type,
        String title,
        int status,
        String detail,
        ErrorCode code,
        String instance,
        @JsonAnyGetter Map<String, String> members) {

    public static final String MEDIA_TYPE = "application/problem+json";

    public Problem {
        members = Map.copyOf(members);
    }

    public static Problem of(
            ErrorCode code, String detail, String instance, Map<String, String> members) {
        return new Problem(
                "urn:artcafe:problem:" + code.code(),
                code.title(),
                code.httpStatus(),
                detail,
                code,
                instance,
                members);
    }
}
