package ai.artcafe.metrics.status;

import ai.artcafe.model.problem.ErrorCode;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What endpoints and agents are shown of. */
public enum StatusPeriod {
    HOUR("1h"),
    DAY("24h");

    private final String id;

    StatusPeriod(String id) {
        this.id = id;
    }

    @JsonValue
    public String id() {
        return id;
    }

    /**
     * @param text the query parameter, if it was given
     */
    static StatusPeriod of(@Nullable String text) {
        return text == null
                ? HOUR
                : Stream.of(values())
                        .filter(period -> period.id.equals(text))
                        .findFirst()
                        .orElseThrow(() ->
                                ErrorCode.INVALID_REQUEST.because("period must be 1h or 24h"));
    }
}
