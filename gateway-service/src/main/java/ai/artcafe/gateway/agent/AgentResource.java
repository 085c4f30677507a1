package ai.artcafe.gateway.agent;

import ai.artcafe.gateway.agent.registry.AgentRegistry;
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
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.event.Event;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
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
    private final Clock clock;

    AgentResource(
            RequestAccess access,
            AgentRegistry agents,
            Tenants tenants,
            Event<AgentCutOff> cutOff,
            Clock clock) {
        this.access = access;
        this.agents = agents;
        this.tenants = tenants;
        this.cutOff = cutOff;
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
        agents.create(agent, owner.plan().limits().agents());
        return Response.created(URI.create("/api/v1/agents/" + agent.agentId()))
                .entity(agent)
                .build();
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
    public Agent read(@RestPath String id) {
        TenantId tenant = access.require(Role.VIEWER).tenant();
        return AgentId.parse(id)
                .flatMap(agent -> agents.find(tenant, agent))
                .orElseThrow(AgentResource::notFound);
    }

    @PATCH
    @Path("/{id}")
    public Agent patch(@RestPath String id, @Nullable StatusChange change) {
        return change(id, change);
    }

    @PUT
    @Path("/{id}/status")
    public Agent changeStatus(@RestPath String id, @Nullable StatusChange change) {
        return change(id, change);
    }

    private Agent change(String id, @Nullable StatusChange change) {
        TenantId tenant = access.require(Role.ADMIN).tenant();
        Agent.Status status =
                Optional.ofNullable(change)
                        .flatMap(StatusChange::status)
                        .flatMap(Agent.Status::parse)
                        .orElseThrow(() ->
                                ErrorCode.INVALID_REQUEST.because(
                                        "status must be active or disabled"));
        Agent changed =
                AgentId.parse(id)
                        .flatMap(agent -> agents.setStatus(tenant, agent, status, clock.instant()))
                        .orElseThrow(AgentResource::notFound);
        if (!changed.isActive()) {
            cutOff.fire(
                    new AgentCutOff(
                            tenant,
                            changed.agentId(),
                            ErrorCode.FORBIDDEN,
                            "the agent is disabled"));
        }
        return changed;
    }

    @DELETE
    @Path("/{id}")
    public void delete(@RestPath String id) {
        TenantId tenant = access.require(Role.ADMIN).tenant();
        AgentId agent = AgentId.parse(id).orElseThrow(AgentResource::notFound);
        if (!agents.delete(tenant, agent)) {
            throw notFound();
        }
        cutOff.fire(new AgentCutOff(tenant, agent, ErrorCode.FORBIDDEN, "the agent is deleted"));
    }

    private static ProblemException notFound() {
        return ErrorCode.NOT_FOUND.because("There is no such agent.");
    }

    /** What may be changed of an agent. */
    record StatusChange(Optional<String> status) {}
}
