package ai.artcafe.model.identity;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Optional;

/** An organisation; {@code [a-z0-9][a-z0-9-]{0,62}}. */
public record TenantId(@JsonValue String value) implements Comparable<TenantId> {

    /**
     * @throws IllegalArgumentException naming the field and the value, when it is not a valid id
     */
    @JsonCreator
    public TenantId {
        Identifier.require("tenant_id", value);
    }

    /** The id, or empty when the text is not one. */
    public static Optional<TenantId> parse(String text) {
        return Identifier.isValid(text) ? Optional.of(new TenantId(text)) : Optional.empty();
    }

    @Override
    public int compareTo(TenantId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
