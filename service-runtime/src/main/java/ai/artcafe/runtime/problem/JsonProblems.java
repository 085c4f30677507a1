package ai.artcafe.runtime.problem;

import ai.artcafe.model.problem.ErrorCode;
import ai.artcafe.model.problem.ProblemException;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import java.util.List;
import java.util.Map;

/**
 * What is wrong with a body, told without Jackson's own words, which name our classes: {@code
 * invalid_json} where it is not JSON, {@code invalid_request} with the {@code field} where it is
 * JSON of another shape.
 */
final class JsonProblems {

    private JsonProblems() {}

    static ProblemException of(JsonProcessingException error) {
        return error instanceof JsonMappingException mapping && !isTruncated(mapping)
                ? wrongValue(mapping)
                : notJson(error);
    }

    private static boolean isTruncated(JsonMappingException error) {
        return error.getCause() instanceof JsonProcessingException cause
                && !(cause instanceof JsonMappingException);
    }

    private static ProblemException notJson(JsonProcessingException error) {
        JsonLocation at = error.getLocation();
        String where =
                at == null ? "" : " (line " + at.getLineNr() + ", column " + at.getColumnNr() + ")";
        return ErrorCode.INVALID_JSON.because("The body is not valid JSON" + where + ".");
    }

    private static ProblemException wrongValue(JsonMappingException error) {
        String field = field(error.getPath());
        String detail =
                InvalidValue.in(error)
                        .map(ProblemException::detail)
                        .orElse(
                                field.isEmpty()
                                        ? "The body does not have the shape this address takes."
                                        : "'" + field + "' is missing or of the wrong type.");
        Map<String, String> members = field.isEmpty() ? Map.of() : Map.of("field", field);
        return new ProblemException(ErrorCode.INVALID_REQUEST, detail, members);
    }

    /** The path as {@code metadata.tags[2]}. */
    private static String field(List<JsonMappingException.Reference> path) {
        StringBuilder text = new StringBuilder();
        for (JsonMappingException.Reference step : path) {
            if (step.getFieldName() == null) {
                text.append('[').append(step.getIndex()).append(']');
            } else {
                text.append(text.isEmpty() ? "" : ".").append(step.getFieldName());
            }
        }
        return text.toString().replaceAll("\\p{Cntrl}", "?");
    }
}
