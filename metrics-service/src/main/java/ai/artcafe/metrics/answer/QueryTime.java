package ai.artcafe.metrics.answer;

import ai.artcafe.model.problem.ErrorCode;
import ai.artcafe.model.problem.ProblemException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;

/** Times in query parameters. */
public final class QueryTime {

    private QueryTime() {}

    /**
     * A date, meaning its midnight in UTC, or an RFC 3339 time. A '+' that the client forgot to
     * escape arrives as a space.
     *
     * @param field the parameter, for the error
     * @throws ProblemException {@code invalid_request} when it is neither
     */
    public static Instant parse(String field, String text) {
        try {
            return text.indexOf('T') < 0
                    ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                    : OffsetDateTime.parse(text.replace(' ', '+')).toInstant();
        } catch (DateTimeException notATime) {
            throw invalid(
                    field,
                    field
                            + " must be a date (2026-11-21) or an RFC 3339 time"
                            + " (2026-11-21T03:00:00Z).");
        }
    }

    /** What is thrown for a parameter that cannot be. */
    public static ProblemException invalid(String field, String detail) {
        return new ProblemException(ErrorCode.INVALID_REQUEST, detail, Map.of("field", field));
    }
}
