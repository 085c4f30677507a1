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
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/** The tenant's agents: viewers read them, admins manage them. */
@Path("/api/v1/agents")
@RunOnVirtualThread
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
    public Page<Agent> list(
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor) {
        TenantId tenant = access.require(Role.VIEWER).tenant();
        return agents.list(tenant, PageRequest.of(AgentRegistry.scope(tenant), limit, cursor));
    }

    @GET
    @Path("/{id}")
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
    public Response patch(
            @RestPath String id,
            @RestHeader("If-Match") @Nullable String ifMatch,
            @Nullable JsonNode patch) {
        return change(id, ifMatch, patch, AgentChange.FIELDS);
    }

    @PUT
    @Path("/{id}/keys")
    public Response changeKeys(
            @RestPath String id,
            @RestHeader("If-Match") @Nullable String ifMatch,
            @Nullable JsonNode patch) {
        return change(id, ifMatch, patch, AgentChange.KEYS);
    }

    @PUT
    @Path("/{id}/status")
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
    public void delete(@RestPath String id, @RestHeader("If-Match") @Nullable String ifMatch) {
        TenantId tenant = access.require(Role.ADMIN).tenant();
        EntityTags expected = EntityTags.of("If-Match", ifMatch);
        AgentId agent = AgentId.parse(id).orElseThrow(AgentResource::notFound);
        if (!agents.delete(tenant, agent, expected)) {
            throw notFound();
        }
        cutOff.fire(new AgentCutOff(tenant, agent, ErrorCode.FORBIDDEN, "the agent is deleted"));
        deleted.fire(new AgentDeleted(tenant, agent));
    }

    private static ProblemException notFound() {
        return ErrorCode.NOT_FOUND.because("There is no such agent.");
    }
}
