package ai.artcafe.runtime.access;

import ai.artcafe.model.access.Role;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.problem.ErrorCode;
import ai.artcafe.runtime.access.AccessDecision.Granted;
import ai.artcafe.runtime.access.AccessDecision.Refused;
import ai.artcafe.runtime.store.StoreAwayException;
import ai.artcafe.runtime.store.Tenants;
import ai.artcafe.runtime.store.UserTenants;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Decides who may act in which tenant: by the claims of their token, or as a member that the
 * tenant's admins have named. The one place where that is decided.
 */
@ApplicationScoped
public class Memberships {

    private static final Refused NO_SUCH_TENANT =
            new Refused(ErrorCode.NOT_FOUND, "There is no such tenant.");

    private final Tenants tenants;
    private final UserTenants userTenants;

    Memberships(Tenants tenants, UserTenants userTenants) {
        this.tenants = tenants;
        this.userTenants = userTenants;
    }

    /**
     * Membership is looked at before existence, so that how long an answer takes tells nothing of
     * tenants that are not the user's.
     *
     * @throws StoreAwayException when the tenant, or whether the user belongs to it, is not known
     *     and cannot be looked up
     */
    public AccessDecision decide(UserPrincipal user, TenantChoice choice, Role needed) {
        return decide(user, choice, needed, tenant -> tenants.find(tenant).isPresent());
    }

    /** The same for what is kept of a tenant: operators may see it when it is deleted, too. */
    AccessDecision decideKept(UserPrincipal user, TenantChoice choice, Role needed) {
        return user.operator()
                ? decide(user, choice, needed, tenant -> tenants.findKept(tenant).isPresent())
                : decide(user, choice, needed);
    }

    private AccessDecision decide(
            UserPrincipal user, TenantChoice choice, Role needed, Predicate<TenantId> exists) {
        return switch (choice) {
            case TenantChoice.Named(TenantId tenant) -> decide(user, tenant, needed, exists);
            case TenantChoice.Invalid(String detail) ->
                    new Refused(ErrorCode.INVALID_REQUEST, detail);
            case TenantChoice.Unspecified() -> decideByToken(user, needed, exists);
        };
    }

    private AccessDecision decideByToken(
            UserPrincipal user, Role needed, Predicate<TenantId> exists) {
        if (user.tenants().size() == 1) {
            return decide(user, user.tenants().iterator().next(), needed, exists);
        }
        return new Refused(
                ErrorCode.INVALID_REQUEST,
                user.tenants().isEmpty()
                        ? "The token names no tenant: name one in X-Tenant-Id."
                        : "The token names several tenants: name one in X-Tenant-Id.");
    }

    private AccessDecision decide(
            UserPrincipal user, TenantId tenant, Role needed, Predicate<TenantId> exists) {
        Optional<Role> role = role(user, tenant, needed);
        if (role.isEmpty() || !exists.test(tenant)) {
            return NO_SUCH_TENANT;
        }
        return role.get().includes(needed)
                ? new Granted(new TenantAccess(user, tenant, role.get(), user.operator()))
                : new Refused(
                        ErrorCode.FORBIDDEN, "This needs the role " + needed.id() + " or higher.");
    }

    /** What the token says, where that suffices; the table is asked for more. */
    private Optional<Role> role(UserPrincipal user, TenantId tenant, Role needed) {
        Optional<Role> claimed = user.roleIn(tenant);
        if (claimed.filter(role -> role.includes(needed)).isPresent()) {
            return claimed;
        }
        try {
            Optional<Role> kept = userTenants.role(user.id(), tenant);
            return kept.filter(
                            role -> claimed.filter(role::includes).isPresent() || claimed.isEmpty())
                    .or(() -> claimed);
        } catch (StoreAwayException away) {
            if (claimed.isPresent()) {
                return claimed;
            }
            throw away;
        }
    }
}
