package ai.artcafe.gateway.connection;

import ai.artcafe.gateway.agent.registry.AgentRegistry;
import ai.artcafe.model.access.Role;
import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.problem.ErrorCode;
import ai.artcafe.runtime.access.RequestAccess;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/** Ends all connections of an agent, which may come back at once. */
@Path("/api/v1/agents")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "connections")
class DisconnectResource {

    private final RequestAccess access;
    private final AgentRegistry agents;
    private final Disconnects disconnects;

    DisconnectResource(RequestAccess access, AgentRegistry agents, Disconnects disconnects) {
        this.access = access;
        this.agents = agents;
        this.disconnects = disconnects;
    }

    /** Accepted: other gateways are told, without waiting for it. */
    @POST
    @Path("/{id}/disconnect")
    @Operation(operationId = "disconnectAgent", summary = "End all connections of an agent")
    @APIResponseSchema(
            value = Disconnects.Outcome.class,
            responseCode = "200",
            responseDescription = "All are ended")
    @APIResponse(
            responseCode = "202",
            description = "It is written down; other gateways, or the NATS servers, are doing it",
            content = @Content(schema = @Schema(implementation = Disconnects.Outcome.class)))
    public Response disconnect(@RestPath String id) throws InterruptedException {
        TenantId tenant = access.require(Role.ADMIN).tenant();
        AgentId agent =
                AgentId.parse(id)
                        .filter(known -> agents.find(tenant, known).isPresent())
                        .orElseThrow(() -> ErrorCode.NOT_FOUND.because("There is no such agent."));
        return answer(disconnects.disconnect(tenant, agent));
    }

    static Response answer(Disconnects.Outcome outcome) {
        return Response.status(outcome.complete() ? Status.OK : Status.ACCEPTED)
                .entity(outcome)
                .build();
    }
}
