package ai.artcafe.gateway.socket;

import ai.artcafe.gateway.agent.Agent;
import ai.artcafe.gateway.auth.AgentAuthentication;
import ai.artcafe.gateway.broker.TenantLink;
import ai.artcafe.gateway.broker.TenantLinks;
import ai.artcafe.gateway.channel.registry.ChannelSubscriptions;
import ai.artcafe.gateway.connection.Room;
import ai.artcafe.gateway.excess.BackOff;
import ai.artcafe.gateway.excess.BackOffs;
import ai.artcafe.gateway.quota.FirstLook;
import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.ChannelId;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.problem.ErrorCode;
import ai.artcafe.model.problem.ProblemException;
import ai.artcafe.runtime.store.TenantRecord;
import ai.artcafe.runtime.store.Tenants;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Lets agents in, or not, before their connection becomes a WebSocket. Blocks. */
@ApplicationScoped
class Admission {

    private final AgentAuthentication authentication;
    private final BackOffs backOffs;
    private final Tenants tenants;
    private final ChannelSubscriptions subscriptions;
    private final Room room;
    private final FirstLook firstLook;
    private final TenantLinks links;

    /**
     * What an agent shows at the door; texts as they came.
     *
     * @param address where it comes from
     */
    record Knock(
            Optional<String> agent,
            Optional<String> tenant,
            Optional<String> challenge,
            Optional<String> signature,
            String address) {}

    /**
     * An agent that was let in.
     *
     * @param channels that it belongs to
     * @param link a share in its tenant's link, to be released by the socket
     */
    record Admitted(Agent agent, TenantRecord tenant, List<ChannelId> channels, TenantLink link) {}

    Admission(
            AgentAuthentication authentication,
            BackOffs backOffs,
            Tenants tenants,
            Room room,
            FirstLook firstLook,
            ChannelSubscriptions subscriptions,
            TenantLinks links) {
        this.authentication = authentication;
        this.backOffs = backOffs;
        this.tenants = tenants;
        this.room = room;
        this.firstLook = firstLook;
        this.subscriptions = subscriptions;
        this.links = links;
    }

    /**
     * @throws ProblemException when the agent is not let in
     */
    Admitted admit(Knock knock) throws InterruptedException {
        Agent agent =
                authentication.authenticate(
                        required("tenant_id", knock.tenant().map(TenantId::new)),
                        required("agent_id", knock.agent().map(AgentId::new)),
                        required("challenge", knock.challenge()),
                        required("signature", knock.signature()),
                        knock.address());
        backOffs.of(agent.tenantId(), agent.agentId()).ifPresent(Admission::refuse);
        TenantRecord tenant =
                tenants.find(agent.tenantId())
                        .orElseThrow(() -> ErrorCode.NOT_FOUND.because("There is no such tenant."));
        room.require(agent, tenant.limits().connectionsPerAgent());
        firstLook.at(tenant);
        return new Admitted(
                agent,
                tenant,
                subscriptions.channelsOf(agent.tenantId(), agent.agentId()),
                links.lease(tenant.tenantId()));
    }

    private static void refuse(BackOff backOff) {
        throw new ProblemException(
                backOff.kind().code(),
                "The agent was over its limit at the NATS door: " + backOff.kind().id() + ".",
                Map.of("retry_after", Long.toString(backOff.left().toSeconds() + 1)));
    }

    private static <T> T required(String parameter, Optional<T> value) {
        return value.orElseThrow(
                () -> ErrorCode.UNAUTHENTICATED.because(parameter + " is missing"));
    }
}
