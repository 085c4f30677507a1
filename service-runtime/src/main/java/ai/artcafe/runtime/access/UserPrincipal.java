package ai.artcafe.runtime.access;

import ai.artcafe.model.access.Role;
import ai.artcafe.model.identity.TenantId;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * A person, as a verified token tells of them.
 *
 * @param id the token's subject
 * @param operator whether they run the platform
 * @param tenants the tenants they are a member of, in the token's order
 * @param role what they may do there
 * @param expiresAt when the token ends
 */
public record UserPrincipal(
        String id, boolean operator, Set<TenantId> tenants, Role role, Instant expiresAt) {

    public UserPrincipal {
        tenants = Collections.unmodifiableSet(new LinkedHashSet<>(tenants));
    }

    /** What they may do in a tenant that exists, or nothing: operators are admins everywhere. */
    public Optional<Role> roleIn(TenantId tenant) {
        if (operator) {
            return Optional.of(Role.ADMIN);
        }
        return tenants.contains(tenant) ? Optional.of(role) : Optional.empty();
    }
}
