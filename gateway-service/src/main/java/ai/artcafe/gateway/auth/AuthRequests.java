package ai.artcafe.gateway.auth;

import ai.artcafe.gateway.agent.Agent;
import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.problem.ErrorCode;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.RequestScoped;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the endpoints for challenges take and give, whichever address they are called by. */
@RequestScoped
class AuthRequests {

    static final String TENANT_HEADER = "X-Tenant-Id";

    private final AgentAuthentication authentication;
    private final HttpServerRequest request;

    AuthRequests(AgentAuthentication authentication, HttpServerRequest request) {
        this.authentication = authentication;
        this.request = request;
    }

    IssuedChallenge challenge(@Nullable String tenantHeader, @Nullable ChallengeRequest body) {
        ChallengeRequest asked = present(body);
        return challenge(
                asked.tenantId().orElseGet(() -> tenantOf(tenantHeader)),
                required("agent_id", asked.agentId()));
    }

    IssuedChallenge challenge(TenantId tenant, AgentId agent) {
        Challenge challenge = authentication.challenge(tenant, agent, address());
        return new IssuedChallenge(challenge.text(), challenge.expiresAt());
    }

    Verified verify(@Nullable String tenantHeader, @Nullable Answer answer) {
        Answer given = present(answer);
        Agent agent =
                authentication.authenticate(
                        given.tenantId().orElseGet(() -> tenantOf(tenantHeader)),
                        required("agent_id", given.agentId()),
                        required("challenge", given.challenge()),
                        required("signature", given.signature()),
                        address());
        return new Verified(true, agent.tenantId(), agent.agentId());
    }

    static TenantId tenantOf(@Nullable String header) {
        return new TenantId(required("tenant_id or X-Tenant-Id", Optional.ofNullable(header)));
    }

    private String address() {
        return request.remoteAddress().hostAddress();
    }

    private static <T> T present(@Nullable T body) {
        if (body == null) {
            throw ErrorCode.INVALID_REQUEST.because("a JSON object is expected");
        }
        return body;
    }

    private static <T> T required(String field, Optional<T> value) {
        return value.orElseThrow(() -> ErrorCode.INVALID_REQUEST.because(field + " is missing"));
    }

    /** For whom a challenge is asked. */
    record ChallengeRequest(Optional<TenantId> tenantId, Optional<AgentId> agentId) {}

    /** What to sign, and until when. */
    record IssuedChallenge(String challenge, Instant expiresAt) {}

    /** A signed challenge. */
    record Answer(
            Optional<TenantId> tenantId,
            Optional<AgentId> agentId,
            Optional<String> challenge,
            Optional<String> signature) {}

    /** Whom the signature proves. */
    record Verified(boolean valid, TenantId tenantId, AgentId agentId) {}
}
