package ai.artcafe.gateway.callout;

import ai.artcafe.gateway.agent.Agent;
import ai.artcafe.gateway.agent.registry.AgentRegistry;
import ai.artcafe.gateway.broker.SlotKey;
import ai.artcafe.gateway.excess.BackOff;
import ai.artcafe.gateway.excess.BackOffs;
import ai.artcafe.model.identity.ConnectionOwner;
import ai.artcafe.model.identity.TenantId;
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
    private final Tenants tenants;
    private final SubjectScheme subjects;
    private final String slotKey;

    Admissions(
            AgentRegistry agents,
            BackOffs backOffs,
            Tenants tenants,
            SubjectScheme subjects,
            SlotKey slotKey) {
        this.agents = agents;
        this.backOffs = backOffs;
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
        TenantId tenant = agent.get().tenantId();
        Optional<BackOff> backOff = backOffs.of(tenant, agent.get().agentId());
        if (backOff.isPresent()) {
            return new Verdict.Deferred("over " + backOff.get().kind().id());
        }
        return tenants.find(tenant)
                .<Verdict>map(record ->
                        new Verdict.Allowed(
                                new ConnectionOwner.Agent(tenant, agent.get().agentId()),
                                record.slot(),
                                subjects.publishPermissions(tenant, agent.get().agentId()),
                                subjects.publishDenials(tenant),
                                subjects.subscribePermissions(tenant)))
                .orElseGet(() -> new Verdict.Denied("unknown tenant"));
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
