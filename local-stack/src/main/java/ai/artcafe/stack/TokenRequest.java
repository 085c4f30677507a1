package ai.artcafe.stack;

import ai.artcafe.model.access.Role;
import ai.artcafe.model.identity.TenantId;
import java.time.Duration;
import java.util.Optional;

/** What a local token should say. */
public record TokenRequest(
        String user, Optional<TenantId> tenant, Role role, boolean operator, Duration ttl) {

    public TokenRequest {
        if (user.isBlank()) {
            throw new IllegalArgumentException("user must not be blank");
        }
        if (!ttl.isPositive()) {
            throw new IllegalArgumentException("ttl must be positive, but is " + ttl);
        }
    }

    /** A member of one tenant, for an hour. */
    public static TokenRequest member(String user, TenantId tenant, Role role) {
        return new TokenRequest(user, Optional.of(tenant), role, false, Duration.ofHours(1));
    }

    /** An operator of the platform, for an hour. */
    public static TokenRequest operator(String user) {
        return new TokenRequest(user, Optional.empty(), Role.VIEWER, true, Duration.ofHours(1));
    }
}
