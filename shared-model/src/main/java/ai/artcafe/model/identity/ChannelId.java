package ai.artcafe.model.identity;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Optional;

/** A named topic of a tenant; {@code [a-z0-9][a-z0-9-]{0,62}}. */
public record ChannelId(@JsonValue String value) implements Comparable<ChannelId> {

    /**
     * @throws IllegalArgumentException naming the field and the value, when it is not a valid id
     */
    @JsonCreator
    public ChannelId {
        Identifier.require("channel_id", value);
    }

    /** The id, or empty when the text is not one. */
    public static Optional<ChannelId> parse(String text) {
        return Identifier.isValid(text) ? Optional.of(new ChannelId(text)) : Optional.empty();
    }

    @Override
    public int compareTo(ChannelId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
