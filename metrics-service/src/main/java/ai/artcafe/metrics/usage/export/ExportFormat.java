package ai.artcafe.metrics.usage.export;

import ai.artcafe.metrics.answer.QueryTime;
import java.util.Arrays;
import java.util.Locale;

/** What a file is written in. */
enum ExportFormat {
    CSV("text/csv; charset=utf-8; header=present"),
    NDJSON("application/x-ndjson");

    private final String mediaType;

    ExportFormat(String mediaType) {
        this.mediaType = mediaType;
    }

    String mediaType() {
        return mediaType;
    }

    /** The name in requests and of files. */
    String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    static ExportFormat of(String id) {
        return Arrays.stream(values())
                .filter(format -> format.id().equals(id))
                .findFirst()
                .orElseThrow(() -> QueryTime.invalid("format", "format must be csv or ndjson."));
    }
}
