package ai.artcafe.runtime.access;

import ai.artcafe.model.access.Role;
import ai.artcafe.model.identity.TenantId;

/**
 * Leave for a user to act in a tenant that exists.
 *
 * @param role what they may do; operators are admins of every tenant
 * @param operator whether they act as one who runs the platform
 */
public record TenantAccess(UserPrincipal user, TenantId tenant, Role role, boolean operator) {}
