package ai.artcafe.model.identity;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Optional;

/** A machine identity of a tenant, unique across the platform; {@code [a-z0-9][a-z0-9-]{0,62}}. */
public record AgentId(@JsonValue String value) implements Attribution, Comparable<AgentId> {

    /**
     * @throws IllegalArgumentException naming the field and the value, when it is not a valid id
     */
    @JsonCreator
    public AgentId {
        Identifier.require("agent_id", value);
    }

    /** The id, or empty when the text is not one. */
    public static Optional<AgentId> parse(String text) {
        return Identifier.isValid(text) ? Optional.of(new AgentId(text)) : Optional.empty();
    }

    @Override
    public int compareTo(AgentId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
