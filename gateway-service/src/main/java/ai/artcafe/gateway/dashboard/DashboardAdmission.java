package ai.artcafe.gateway.dashboard;

import ai.artcafe.gateway.audit.AuthAudit.Door;
import ai.artcafe.gateway.broker.TenantLink;
import ai.artcafe.gateway.broker.TenantLinks;
import ai.artcafe.gateway.user.TokenAttempts;
import ai.artcafe.model.access.Role;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.problem.ErrorCode;
import ai.artcafe.model.problem.ProblemException;
import ai.artcafe.runtime.access.Memberships;
import ai.artcafe.runtime.access.TenantAccess;
import ai.artcafe.runtime.access.TenantChoice;
import ai.artcafe.runtime.access.TokenVerdict;
import ai.artcafe.runtime.access.UserPrincipal;
import ai.artcafe.runtime.access.UserTokens;
import ai.artcafe.runtime.store.TenantRecord;
import ai.artcafe.runtime.store.Tenants;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;

/** Lets people in, or not, before their connection becomes a WebSocket. Blocks. */
@ApplicationScoped
class DashboardAdmission {

    private final UserTokens tokens;
    private final TokenAttempts attempts;
    private final Memberships memberships;
    private final Tenants tenants;
    private final Places places;
    private final TenantLinks links;

    /**
     * Who was let in.
     *
     * @param link a share in the tenant's link, to be released by the socket
     * @param address where from
     */
    record Admitted(TenantAccess access, TenantRecord record, TenantLink link, String address) {

        TenantId tenant() {
            return access.tenant();
        }
    }

    DashboardAdmission(
            UserTokens tokens,
            TokenAttempts attempts,
            Memberships memberships,
            Tenants tenants,
            Places places,
            TenantLinks links) {
        this.tokens = tokens;
        this.attempts = attempts;
        this.memberships = memberships;
        this.tenants = tenants;
        this.places = places;
        this.links = links;
    }

    /**
     * @throws ProblemException when they are not let in
     */
    Admitted admit(Knock knock) throws InterruptedException {
        TenantAccess access =
                memberships
                        .decide(verify(knock.token(), knock.address()), knock.tenant(), Role.VIEWER)
                        .orThrow();
        TenantRecord record =
                tenants.find(access.tenant())
                        .orElseThrow(() -> ErrorCode.NOT_FOUND.because("There is no such tenant."));
        places.take(access.user().id(), access.tenant());
        try {
            return new Admitted(
                    access,
                    record,
                    links.lease(access.tenant(), TenantLinks.Use.DASHBOARDS),
                    knock.address());
        } catch (InterruptedException | RuntimeException e) {
            places.giveBack(access.user().id(), access.tenant());
            throw e;
        }
    }

    /**
     * What a newer token of the same user says for the same tenant.
     *
     * @throws ProblemException {@code unauthenticated} when it does not hold, {@code forbidden}
     *     when it is another user's, {@code not_found} when it does not open this tenant
     */
    TenantAccess renew(TenantAccess held, String token, String address) {
        UserPrincipal user = verify(token, address);
        if (!user.id().equals(held.user().id())) {
            throw ErrorCode.FORBIDDEN.because("The token is another user's.");
        }
        return memberships
                .decide(user, new TenantChoice.Named(held.tenant()), Role.VIEWER)
                .orThrow();
    }

    void leave(Admitted admitted) {
        admitted.link().release();
        places.giveBack(admitted.access().user().id(), admitted.tenant());
    }

    private UserPrincipal verify(String token, String address) {
        attempts.shown(Door.DASHBOARD, token, address);
        TokenVerdict verdict = tokens.verify(token);
        attempts.judged(Door.DASHBOARD, token, address, verdict);
        return switch (verdict) {
            case TokenVerdict.Accepted(UserPrincipal user) -> user;
            case TokenVerdict.Refused() ->
                    throw ErrorCode.UNAUTHENTICATED.because("A valid bearer token is needed.");
            case TokenVerdict.Undecided() ->
                    throw new ProblemException(
                            ErrorCode.UNAVAILABLE,
                            "A part of the platform is away; try again in a moment.",
                            Map.of("retry_after", "1"));
        };
    }
}
