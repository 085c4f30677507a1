package ai.artcafe.model.access;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.Optional;

/** What a member of a tenant may do; each role includes the ones before it. */
public enum Role {
    /** Reads everything of the tenant. */
    VIEWER,
    /** Also publishes. */
    MEMBER,
    /** Also manages agents and channels. */
    ADMIN;

    /** The name in tokens and tables, lower case. */
    @JsonValue
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Role> parse(String id) {
        for (Role role : values()) {
            if (role.id().equals(id)) {
                return Optional.of(role);
            }
        }
        return Optional.empty();
    }

    public boolean includes(Role other) {
        return compareTo(other) >= 0;
    }
}
