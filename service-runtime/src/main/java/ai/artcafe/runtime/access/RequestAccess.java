package ai.artcafe.runtime.access;

import ai.artcafe.model.access.Role;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.problem.ErrorCode;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.CurrentIdentityAssociation;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import jakarta.enterprise.context.RequestScoped;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.jwt.JsonWebToken;

/**
 * Who is behind the HTTP request being served, and for which tenant: {@code X-Tenant-Id}, else
 * {@code ?tenant_id=}, else the token's own. Blocks; for virtual and worker threads.
 */
@RequestScoped
public class RequestAccess {

    private static final String TENANT_HEADER = "X-Tenant-Id";
    private static final String TENANT_PARAMETER = "tenant_id";
    private static final String SCHEME = "Bearer ";

    private final CurrentIdentityAssociation identity;
    private final HttpServerRequest request;
    private final Memberships memberships;
    private final TokenWatch watch;
    private Optional<TokenVerdict> verdict = Optional.empty();

    RequestAccess(
            CurrentIdentityAssociation identity,
            HttpServerRequest request,
            Memberships memberships,
            TokenWatch watch) {
        this.identity = identity;
        this.request = request;
        this.memberships = memberships;
        this.watch = watch;
    }

    /** Leave to act in the request's tenant in this role, or the error that the client gets. */
    public TenantAccess require(Role role) {
        UserPrincipal user = requireUser();
        return memberships.decide(user, choice(), role).orThrow();
    }

    /** The same for what is kept of a tenant: operators get it when it is deleted, too. */
    public TenantAccess requireKept(Role role) {
        return memberships.decideKept(requireUser(), choice(), role).orThrow();
    }

    /** The same for a tenant that the address names. */
    public TenantAccess require(TenantId tenant, Role role) {
        UserPrincipal user = requireUser();
        return memberships.decide(user, new TenantChoice.Named(tenant), role).orThrow();
    }

    /** The user, who must run the platform: 403 {@code forbidden} for others. */
    public UserPrincipal requireOperator() {
        UserPrincipal user = requireUser();
        if (!user.operator()) {
            throw ErrorCode.FORBIDDEN.because("Only operators may do this.");
        }
        return user;
    }

    /** The user, whatever the tenant: 401 {@code unauthenticated} without a valid token. */
    public UserPrincipal requireUser() {
        return user().orElseThrow(
                        () -> ErrorCode.UNAUTHENTICATED.because("A valid bearer token is needed."));
    }

    /** The user, if there is one. */
    public Optional<UserPrincipal> user() {
        Optional<String> token = bearer().filter(_ -> verdict.isEmpty());
        token.ifPresent(shown -> watch.shown(shown, address()));
        try {
            Optional<UserPrincipal> user =
                    Optional.of(identity.getIdentity().getPrincipal())
                            .filter(JsonWebToken.class::isInstance)
                            .map(JsonWebToken.class::cast)
                            .flatMap(UserClaims::read);
            judged(
                    token,
                    user.<TokenVerdict>map(TokenVerdict.Accepted::new)
                            .orElseGet(TokenVerdict.Refused::new));
            return user;
        } catch (AuthenticationFailedException refused) {
            judged(
                    token,
                    IssuerOutages.isCauseOf(refused)
                            ? new TokenVerdict.Undecided()
                            : new TokenVerdict.Refused());
            throw refused;
        }
    }

    private void judged(Optional<String> token, TokenVerdict told) {
        token.ifPresent(shown -> {
            verdict = Optional.of(told);
            watch.judged(shown, address(), told);
        });
    }

    private Optional<String> bearer() {
        return Optional.ofNullable(request.getHeader(HttpHeaders.AUTHORIZATION))
                .filter(header -> header.regionMatches(true, 0, SCHEME, 0, SCHEME.length()))
                .map(header -> header.substring(SCHEME.length()).strip());
    }

    private String address() {
        return Optional.ofNullable(request.remoteAddress())
                .map(SocketAddress::hostAddress)
                .orElse("unknown");
    }

    private TenantChoice choice() {
        List<String> named = request.params().getAll(TENANT_PARAMETER).stream().distinct().toList();
        if (named.size() > 1) {
            return new TenantChoice.Invalid("tenant_id is given more than once.");
        }
        return TenantChoice.of(
                Optional.ofNullable(request.getHeader(TENANT_HEADER)), named.stream().findFirst());
    }
}
