package ai.artcafe.metrics.usage.export;

import jakarta.ws.rs.QueryParam;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;

/** What is asked for in a file of usage. */
public class ExportParameters {

    @Parameter(
            description =
                    "First instant: a date, or an RFC 3339 time on the hour; the beginning of the"
                            + " billing period if left out")
    @QueryParam("from")
    Optional<String> from = Optional.empty();

    @Parameter(description = "First instant after it; the end of this hour if left out")
    @QueryParam("to")
    Optional<String> to = Optional.empty();

    @Parameter(example = "daily", description = "`hourly`, `daily` or `monthly`; daily if left out")
    @QueryParam("granularity")
    Optional<String> granularity = Optional.empty();

    @Parameter(example = "csv", description = "`csv` or `ndjson`; csv if left out")
    @QueryParam("format")
    Optional<String> format = Optional.empty();

    @Parameter(
            description =
                    "Where days and months begin: a name of the IANA database; UTC if left out,"
                            + " and by agent")
    @QueryParam("time_zone")
    Optional<String> timeZone = Optional.empty();

    @Parameter(
            example = "agent",
            description = "Whose usage is a row: `tenant` or `agent`; tenant if left out")
    @QueryParam("by")
    Optional<String> by = Optional.empty();

    @Parameter(
            example = "exclude",
            description =
                    "`include`: also what is not settled yet, with `settled` false; such a file"
                            + " has no ETag and no pieces. `exclude` if left out")
    @QueryParam("open")
    Optional<String> open = Optional.empty();

    ExportRequest.Parameters asked() {
        return new ExportRequest.Parameters(from, to, granularity, format, timeZone, by, open);
    }
}
