package ai.artcafe.gateway.channel;

import ai.artcafe.gateway.agent.registry.AgentRegistry;
import ai.artcafe.gateway.channel.registry.ChannelRegistry;
import ai.artcafe.gateway.channel.registry.ChannelSubscriptions;
import ai.artcafe.model.access.Role;
import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.ChannelId;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.problem.ErrorCode;
import ai.artcafe.model.problem.ProblemException;
import ai.artcafe.runtime.access.RequestAccess;
import ai.artcafe.runtime.page.Page;
import ai.artcafe.runtime.page.PageRequest;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.event.Event;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/** Which agents belong to a channel: viewers read it, admins decide it. */
@Path("/api/v1/channels/{id}/subscriptions")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "channels")
class SubscriptionResource {

    private final RequestAccess access;
    private final ChannelRegistry channels;
    private final ChannelSubscriptions subscriptions;
    private final AgentRegistry agents;
    private final Event<ChannelsChanged> changed;
    private final Clock clock;

    SubscriptionResource(
            RequestAccess access,
            ChannelRegistry channels,
            ChannelSubscriptions subscriptions,
            AgentRegistry agents,
            Event<ChannelsChanged> changed,
            Clock clock) {
        this.access = access;
        this.channels = channels;
        this.subscriptions = subscriptions;
        this.agents = agents;
        this.changed = changed;
        this.clock = clock;
    }

    @GET
    @Operation(operationId = "listSubscriptions", summary = "The agents that belong to a channel")
    public Page<Subscription> list(
            @RestPath String id,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor) {
        TenantId tenant = access.require(Role.VIEWER).tenant();
        ChannelId channel = channel(tenant, id);
        return subscriptions.list(
                tenant,
                channel,
                PageRequest.of(ChannelSubscriptions.scope(tenant, channel), limit, cursor));
    }

    @GET
    @Path("/{agent}")
    @Operation(operationId = "readSubscription", summary = "Whether an agent belongs to a channel")
    public Subscription read(@RestPath String id, @RestPath String agent) {
        TenantId tenant = access.require(Role.VIEWER).tenant();
        ChannelId channel = channel(tenant, id);
        return AgentId.parse(agent)
                .flatMap(known -> subscriptions.find(tenant, channel, known))
                .orElseThrow(SubscriptionResource::notSubscribed);
    }

    @PUT
    @Path("/{agent}")
    @Operation(
            operationId = "addSubscription",
            summary = "Make an agent belong to a channel; its open WebSockets hear it from then on")
    public Subscription add(@RestPath String id, @RestPath String agent) {
        TenantId tenant = access.require(Role.ADMIN).tenant();
        ChannelId channel = channel(tenant, id);
        AgentId known =
                AgentId.parse(agent)
                        .filter(named -> agents.find(tenant, named).isPresent())
                        .orElseThrow(() -> ErrorCode.NOT_FOUND.because("There is no such agent."));
        Subscription subscription =
                subscriptions.add(
                        tenant, channel, known, clock.instant().truncatedTo(ChronoUnit.MILLIS));
        changed.fire(new ChannelsChanged());
        return subscription;
    }

    @DELETE
    @Path("/{agent}")
    @Operation(
            operationId = "removeSubscription",
            summary = "End that an agent belongs to a channel")
    public void remove(@RestPath String id, @RestPath String agent) {
        TenantId tenant = access.require(Role.ADMIN).tenant();
        ChannelId channel = channel(tenant, id);
        boolean isRemoved =
                AgentId.parse(agent)
                        .filter(named -> subscriptions.remove(tenant, channel, named))
                        .isPresent();
        if (!isRemoved) {
            throw notSubscribed();
        }
        changed.fire(new ChannelsChanged());
    }

    private ChannelId channel(TenantId tenant, String id) {
        return ChannelId.parse(id)
                .filter(channel -> channels.find(tenant, channel).isPresent())
                .orElseThrow(ChannelResource::notFound);
    }

    private static ProblemException notSubscribed() {
        return ErrorCode.NOT_FOUND.because("The agent does not belong to the channel.");
    }
}
