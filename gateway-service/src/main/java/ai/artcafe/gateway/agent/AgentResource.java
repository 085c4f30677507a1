package ai.artcafe.gateway.agent;

import ai.artcafe.gateway.agent.registry.AgentRegistry;
import ai.artcafe.gateway.patch.MergePatch;
import ai.artcafe.gateway.revision.EntityTags;
import ai.artcafe.gateway.revision.Revised;
import ai.artcafe.gateway.revision.RevisedAnswers;
import ai.artcafe.gateway.revision.Revision;
import ai.artcafe.model.access.Role;
import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.problem.ErrorCode;
import ai.artcafe.model.problem.ProblemException;
import ai.artcafe.runtime.access.RequestAccess;
import ai.artcafe.runtime.page.Page;
import ai.artcafe.runtime.page.PageRequest;
import ai.artcafe.runtime.store.TenantRecord;
import ai.artcafe.runtime.store.Tenants;
import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.event.Event;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/** The tenant's agents: viewers read them, admins manage them. */
@Path("/api/v1/agents")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "agents")
class AgentResource {

    private final RequestAccess access;
    private final AgentRegistry agents;
    private final Tenants tenants;
    private final Event<AgentCutOff> cutOff;
    private final Event<AgentDeleted> deleted;
    private final Clock clock;

    AgentResource(
            RequestAccess access,
            AgentRegistry agents,
            Tenants tenants,
            Event<AgentCutOff> cutOff,
            Event<AgentDeleted> deleted,
            Clock clock) {
        this.access = access;
        this.agents = agents;
        this.tenants = tenants;
        this.cutOff = cutOff;
        this.deleted = deleted;
        this.clock = clock;
    }

    @POST
    @Operation(operationId = "createAgent", summary = "Register an agent")
    @APIResponseSchema(value = Agent.class, responseCode = "201")
    public Response create(@Nullable NewAgent request) {
        TenantId tenant = access.require(Role.ADMIN).tenant();
        if (request == null) {
            throw ErrorCode.INVALID_REQUEST.because("a JSON object is expected");
        }
        Agent agent = request.register(tenant, clock.instant().truncatedTo(ChronoUnit.MILLIS));
        TenantRecord owner = tenants.find(tenant).orElseThrow(AgentResource::notFound);
        agents.create(agent, owner.limits().agents());
        return RevisedAnswers.created(
                "/api/v1/agents/" + agent.agentId(),
                new Revised<>(agent, Revision.first(agent.createdAt())));
    }

    @GET
    @Operation(operationId = "listAgents", summary = "The agents, by their ids")
    public Page<Agent> list(
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor) {
        TenantId tenant = access.require(Role.VIEWER).tenant();
        return agents.list(tenant, PageRequest.of(AgentRegistry.scope(tenant), limit, cursor));
    }

    @GET
    @Path("/{id}")
    @Operation(operationId = "readAgent", summary = "An agent")
    @APIResponseSchema(value = Agent.class, responseCode = "200")
    public Response read(
            @RestPath String id, @RestHeader("If-None-Match") @Nullable String ifNoneMatch) {
        TenantId tenant = access.require(Role.VIEWER).tenant();
        return AgentId.parse(id)
                .flatMap(agent -> agents.findRevised(tenant, agent))
                .map(agent -> RevisedAnswers.read(agent, ifNoneMatch))
                .orElseThrow(AgentResource::notFound);
    }

    @PATCH
    @Path("/{id}")
    @Consumes({MediaType.APPLICATION_JSON, MergePatch.MEDIA_TYPE})
    @Operation(operationId = "changeAgent", summary = "Change an agent")
    @APIResponseSchema(value = Agent.class, responseCode = "200")
    @RequestBody(
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(type = SchemaType.OBJECT),
                            example =
                                    "{\"name\":\"Planner\",\"metadata\":{\"team\":\"blue\",\"old\":null},\"status\":\"active\"}"))
    public Response patch(
            @RestPath String id,
            @RestHeader("If-Match") @Nullable String ifMatch,
            @Nullable JsonNode patch) {
        return change(id, ifMatch, patch, AgentChange.FIELDS);
    }

    @PUT
    @Path("/{id}/keys")
    @Operation(
            operationId = "changeAgentKeys",
            summary = "Replace an agent's keys; connections of the old ones end")
    @APIResponseSchema(value = Agent.class, responseCode = "200")
    @RequestBody(
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(type = SchemaType.OBJECT),
                            example =
                                    "{\"ssh_public_key\":\"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ0bq9kP6b1t0mFh3nXr8uD0H7m1W6qzv1u8o2nq3k5R\",\"nkey_public_key\":null}"))
    public Response changeKeys(
            @RestPath String id,
            @RestHeader("If-Match") @Nullable String ifMatch,
            @Nullable JsonNode patch) {
        return change(id, ifMatch, patch, AgentChange.KEYS);
    }

    @PUT
    @Path("/{id}/status")
    @Operation(operationId = "changeAgentStatus", summary = "Disable or enable an agent")
    @APIResponseSchema(value = Agent.class, responseCode = "200")
    @RequestBody(
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(type = SchemaType.OBJECT),
                            example = "{\"status\":\"disabled\"}"))
    public Response changeStatus(
            @RestPath String id,
            @RestHeader("If-Match") @Nullable String ifMatch,
            @Nullable JsonNode patch) {
        return change(id, ifMatch, patch, AgentChange.STATUS);
    }

    private Response change(
            String id, @Nullable String ifMatch, @Nullable JsonNode patch, Set<String> fields) {
        TenantId tenant = access.require(Role.ADMIN).tenant();
        EntityTags expected = EntityTags.of("If-Match", ifMatch);
        AgentChange change = new AgentChange(MergePatch.of(patch, fields), fields);
        AgentRegistry.Changed changed =
                AgentId.parse(id)
                        .flatMap(agent ->
                                agents.change(tenant, agent, expected, change, clock.instant()))
                        .orElseThrow(AgentResource::notFound);
        AgentChange.cutOff(changed.before(), changed.after().value()).ifPresent(cutOff::fire);
        return RevisedAnswers.changed(changed.after());
    }

    @DELETE
    @Path("/{id}")
    @Operation(operationId = "deleteAgent", summary = "Delete an agent; its connections end")
    public void delete(@RestPath String id, @RestHeader("If-Match") @Nullable String ifMatch) {
        TenantId tenant = access.require(Role.ADMIN).tenant();
        EntityTags expected = EntityTags.of("If-Match", ifMatch);
        AgentId agent = AgentId.parse(id).orElseThrow(AgentResource::notFound);
        if (!agents.delete(tenant, agent, expected)) {
            throw notFound();
        }
        cutOff.fire(
                new AgentCutOff(
                        tenant,
                        agent,
                        AgentCutOff.BOTH_DOORS,
                        EndReason.DELETED,
                        "the agent is deleted"));
        deleted.fire(new AgentDeleted(tenant, agent));
    }

    private static ProblemException notFound() {
        return ErrorCode.NOT_FOUND.because("There is no such agent.");
    }
}
