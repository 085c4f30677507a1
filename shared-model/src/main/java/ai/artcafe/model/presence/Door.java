package ai.artcafe.model.presence;

import ai.artcafe.model.usage.ReadingSource;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** By which door an agent comes in. */
public enum Door {
    NATS,
    WEBSOCKET;

    /** The door of the connections that a source counts. */
    public static Door of(ReadingSource.Kind kind) {
        return switch (kind) {
            case NATS -> NATS;
            case GATEWAY -> WEBSOCKET;
        };
    }

    public static Optional<Door> parse(String id) {
        return Arrays.stream(values()).filter(door -> door.id().equals(id)).findFirst();
    }

    /** The name in stores and answers, lower case. */
    @JsonValue
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
