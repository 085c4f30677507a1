package ai.artcafe.model.presence;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How an agent is, from what it says of itself and from how long ago it said so. */
public enum PresenceStatus {
    ONLINE,
    /** It says so, or a heartbeat is missing. */
    DEGRADED,
    /** It says so, or two heartbeats are missing. */
    UNHEALTHY,
    /** It has left, or three heartbeats are missing. */
    OFFLINE;

    public static Optional<PresenceStatus> parse(String id) {
        return Arrays.stream(values()).filter(status -> status.id().equals(id)).findFirst();
    }

    /** The name in stores and answers, lower case. */
    @JsonValue
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
