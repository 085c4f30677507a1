package ai.artcafe.metrics.answer;

import ai.artcafe.model.problem.ErrorCode;
import ai.artcafe.model.problem.ProblemException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;

/** Times in query parameters. */
public final class QueryTime {

    /** RFC 3339 has years of four digits; beyond these calendars end. */
    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");

    private static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");

    private QueryTime() {}

    /** The same with dates in UTC. */
    public static Instant parse(String field, String text) {
        return parse(field, text, ZoneOffset.UTC);
    }

    /**
     * A date, meaning where its day begins in the zone, or an RFC 3339 time. A '+' that the client
     * forgot to escape arrives as a space.
     *
     * @param field the parameter, for the error
     * @throws ProblemException {@code invalid_request} when it is neither
     */
    public static Instant parse(String field, String text, ZoneId zone) {
        try {
            Instant time =
                    text.indexOf('T') < 0
                            ? LocalDate.parse(text).atStartOfDay(zone).toInstant()
                            : OffsetDateTime.parse(text.replace(' ', '+')).toInstant();
            if (!time.isBefore(EARLIEST) && time.isBefore(LATEST)) {
                return time;
            }
        } catch (DateTimeException _) {
            // answered below
        }
        throw invalid(
                field,
                field
                        + " must be a date (2026-11-21) or an RFC 3339 time"
                        + " (2026-11-21T03:00:00Z).");
    }

    /**
     * Where days begin and end, {@code ?time_zone=}: a name of the IANA time zone database, UTC
     * without one.
     *
     * @throws ProblemException {@code invalid_request} when there is no such zone
     */
    public static ZoneId zone(Optional<String> timeZone) {
        return timeZone.map(QueryTime::zone).orElse(ZoneOffset.UTC);
    }

    private static ZoneId zone(String name) {
        if (!ZoneId.getAvailableZoneIds().contains(name)) {
            throw invalid("time_zone", "time_zone must be a name such as Europe/Zurich, or UTC.");
        }
        return ZoneId.of(name);
    }

    /** What is thrown for a parameter that cannot be. */
    public static ProblemException invalid(String field, String detail) {
        return new ProblemException(ErrorCode.INVALID_REQUEST, detail, Map.of("field", field));
    }
}
