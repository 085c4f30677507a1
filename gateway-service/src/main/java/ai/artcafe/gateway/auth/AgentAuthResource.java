package ai.artcafe.gateway.auth;

import ai.artcafe.gateway.auth.AuthRequests.Answer;
import ai.artcafe.gateway.auth.AuthRequests.ChallengeRequest;
import ai.artcafe.gateway.auth.AuthRequests.IssuedChallenge;
import ai.artcafe.gateway.auth.AuthRequests.Verified;
import ai.artcafe.model.identity.AgentId;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/** The same as {@link AuthResource}, under the addresses that published SDKs know. */
@Path("/api/v1/agents")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "authentication")
class AgentAuthResource {

    private final AuthRequests requests;

    AgentAuthResource(AuthRequests requests) {
        this.requests = requests;
    }

    @POST
    @Path("/auth/challenge")
    @Operation(
            operationId = "agentsChallenge",
            summary = "The same, under the address that SDKs know")
    public IssuedChallenge challenge(
            @HeaderParam(AuthRequests.TENANT_HEADER) @Nullable String tenant,
            @Nullable ChallengeRequest body) {
        return requests.challenge(tenant, body);
    }

    @POST
    @Path("/auth/verify")
    @Operation(operationId = "agentsVerify", summary = "The same, under the address that SDKs know")
    public Verified verify(
            @HeaderParam(AuthRequests.TENANT_HEADER) @Nullable String tenant,
            @Nullable Answer answer) {
        return requests.verify(tenant, answer);
    }

    @GET
    @Path("/{id}/challenge")
    @Operation(operationId = "challengeOf", summary = "A challenge for the agent in the address")
    public IssuedChallenge challengeOf(
            @RestPath String id, @HeaderParam(AuthRequests.TENANT_HEADER) @Nullable String tenant) {
        return requests.challenge(AuthRequests.tenantOf(tenant), new AgentId(id));
    }
}
