package ai.artcafe.gateway.callout;

import ai.artcafe.gateway.agent.Agent;
import ai.artcafe.gateway.agent.EndReason;
import ai.artcafe.gateway.agent.registry.AgentRegistry;
import ai.artcafe.gateway.broker.SlotKey;
import ai.artcafe.gateway.connection.Arrivals;
import ai.artcafe.gateway.connection.Endings;
import ai.artcafe.gateway.connection.Room;
import ai.artcafe.gateway.excess.BackOff;
import ai.artcafe.gateway.excess.BackOffs;
import ai.artcafe.model.identity.ConnectionOwner;
import ai.artcafe.model.subject.SubjectScheme;
import ai.artcafe.runtime.store.TenantRecord;
import ai.artcafe.runtime.store.Tenants;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;

/** Decides who is let in at the NATS door, and with which permissions. Blocks. */
@ApplicationScoped
public class Admissions {

    private final AgentRegistry agents;
    private final BackOffs backOffs;
    private final Room room;
    private final Arrivals arrivals;
    private final Endings endings;
    private final Tenants tenants;
    private final SubjectScheme subjects;
    private final String slotKey;

    Admissions(
            AgentRegistry agents,
            BackOffs backOffs,
            Room room,
            Arrivals arrivals,
            Endings endings,
            Tenants tenants,
            SubjectScheme subjects,
            SlotKey slotKey) {
        this.agents = agents;
        this.backOffs = backOffs;
        this.room = room;
        this.arrivals = arrivals;
        this.endings = endings;
        this.tenants = tenants;
        this.subjects = subjects;
        this.slotKey = slotKey.publicKey();
    }

    /**
     * @throws RuntimeException when the registry is away: the client must then get no answer, as
     *     many close for good after two denials
     */
    public Verdict decide(ClientIdentity client) {
        return client.nkey().equals(slotKey) ? gateway(client) : agent(client);
    }

    private Verdict agent(ClientIdentity client) {
        Optional<Agent> agent = agents.findByNkey(client.nkey());
        if (agent.isEmpty()) {
            return new Verdict.Denied("unknown key");
        }
        if (!agent.get().isActive()) {
            return new Verdict.Denied("agent disabled");
        }
        ConnectionOwner.Agent owner =
                new ConnectionOwner.Agent(agent.get().tenantId(), agent.get().agentId());
        Optional<BackOff> backOff = backOffs.of(owner.tenant(), owner.agent());
        if (backOff.isPresent()) {
            return refused(owner, client.serverId(), backOff.get());
        }
        return tenants.find(owner.tenant())
                .map(tenant -> admit(owner, client.serverId(), tenant))
                .orElseGet(() -> new Verdict.Denied("unknown tenant"));
    }

    private Verdict refused(ConnectionOwner.Agent owner, String serverId, BackOff backOff) {
        if (backOffs.isNewlyRefused(backOff, owner.tenant(), owner.agent())) {
            endings.refused(owner, serverId, EndReason.of(backOff.kind()));
        }
        return new Verdict.Deferred("over " + backOff.kind().id());
    }

    private Verdict admit(ConnectionOwner.Agent owner, String serverId, TenantRecord tenant) {
        if (room.isFull(owner, serverId, tenant.limits().connectionsPerAgent())) {
            return new Verdict.Deferred("over connections_per_agent");
        }
        arrivals.nats(owner, serverId);
        return new Verdict.Allowed(
                owner,
                tenant.slot(),
                subjects.publishPermissions(owner.tenant(), owner.agent()),
                subjects.publishDenials(owner.tenant()),
                subjects.subscribePermissions(owner.tenant()));
    }

    /** Only gateways hold the slot key, so the name that comes with it may be believed. */
    private Verdict gateway(ClientIdentity client) {
        Optional<ConnectionOwner.Gateway> owner =
                ConnectionOwner.parse(client.connectionName())
                        .filter(ConnectionOwner.Gateway.class::isInstance)
                        .map(ConnectionOwner.Gateway.class::cast);
        if (owner.isEmpty()) {
            return new Verdict.Denied("a gateway's connection that names no tenant");
        }
        Optional<TenantRecord> tenant = tenants.find(owner.get().tenant());
        if (tenant.isEmpty()) {
            return new Verdict.Denied("unknown tenant");
        }
        List<String> permissions = subjects.subscribePermissions(owner.get().tenant());
        return new Verdict.Allowed(
                owner.get(), tenant.get().slot(), permissions, List.of(), permissions);
    }
}
