package ai.artcafe.metrics.status;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How a service is. */
public enum Health {
    UP,
    /** It tells of itself, and is not ready. */
    DEGRADED,
    /** Nothing is heard of it. */
    DOWN,
    /** It cannot be told now. */
    UNKNOWN;

    @JsonValue
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
