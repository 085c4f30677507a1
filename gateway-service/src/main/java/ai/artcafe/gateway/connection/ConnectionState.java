package ai.artcafe.gateway.connection;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What has become of a connection. */
enum ConnectionState {
    OPEN,
    CLOSED,
    /** It never was: the agent was refused, as it had been over a limit. */
    REFUSED;

    @JsonValue
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
