package ai.artcafe.gateway.auth;

import ai.artcafe.gateway.auth.AuthRequests.Answer;
import ai.artcafe.gateway.auth.AuthRequests.ChallengeRequest;
import ai.artcafe.gateway.auth.AuthRequests.IssuedChallenge;
import ai.artcafe.gateway.auth.AuthRequests.Verified;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/**
 * Challenges for agents, and a way to try a signature without opening a socket. No token needed.
 */
@Path("/api/v1/auth/agent")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "authentication")
class AuthResource {

    private final AuthRequests requests;

    AuthResource(AuthRequests requests) {
        this.requests = requests;
    }

    @POST
    @Path("/challenge")
    @Operation(operationId = "challenge", summary = "A challenge for an agent to sign")
    public IssuedChallenge challenge(
            @HeaderParam(AuthRequests.TENANT_HEADER) @Nullable String tenant,
            @Nullable ChallengeRequest body) {
        return requests.challenge(tenant, body);
    }

    @POST
    @Path("/verify")
    @Operation(operationId = "verify", summary = "Check a signature without opening a socket")
    public Verified verify(
            @HeaderParam(AuthRequests.TENANT_HEADER) @Nullable String tenant,
            @Nullable Answer answer) {
        return requests.verify(tenant, answer);
    }
}
