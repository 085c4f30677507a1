package ai.artcafe.gateway.connection;

import ai.artcafe.gateway.agent.AgentCutOff;
import ai.artcafe.gateway.agent.registry.AgentRegistry;
import ai.artcafe.model.access.Role;
import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.problem.ErrorCode;
import ai.artcafe.runtime.access.RequestAccess;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.event.Event;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
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
    private final Event<AgentCutOff> cutOff;

    DisconnectResource(RequestAccess access, AgentRegistry agents, Event<AgentCutOff> cutOff) {
        this.access = access;
        this.agents = agents;
        this.cutOff = cutOff;
    }

    /** Accepted: other gateways are told, and the NATS servers asked, without waiting for it. */
    @POST
    @Path("/{id}/disconnect")
    @Operation(operationId = "disconnectAgent", summary = "End all connections of an agent")
    @APIResponse(responseCode = "202", description = "It is being done")
    public Response disconnect(@RestPath String id) {
        TenantId tenant = access.require(Role.ADMIN).tenant();
        AgentId agent =
                AgentId.parse(id)
                        .filter(known -> agents.find(tenant, known).isPresent())
                        .orElseThrow(() -> ErrorCode.NOT_FOUND.because("There is no such agent."));
        cutOff.fire(
                new AgentCutOff(
                        tenant,
                        agent,
                        ErrorCode.FORBIDDEN,
                        "an admin of the tenant has ended the agent's connections"));
        return Response.accepted().build();
    }
}
