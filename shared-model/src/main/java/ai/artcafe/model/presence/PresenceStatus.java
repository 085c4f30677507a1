package ai.artcafe.model.presence;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How an agent is, from what it says of itself and from how long ago it said so. */
public enum PresenceStatus {
    ONLINE,
    /** It says so, or a heartbeat is missing. */
    DEGRADED,
    /** It says so, or two heartbeats are missing. */
    UNHEALTHY,
    /** It has left, or three heartbeats are missing. */
    OFFLINE;

    /** The name in stores and answers, lower case. */
    @JsonValue
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
