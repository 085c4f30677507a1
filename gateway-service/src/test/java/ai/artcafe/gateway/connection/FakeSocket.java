package ai.artcafe.gateway.connection;

import ai.artcafe.gateway.agent.Agent;
import ai.artcafe.gateway.agent.EndReason;
import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.ChannelId;
import ai.artcafe.model.identity.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** A socket that remembers why it was closed. */
record FakeSocket(
        String connectionId,
        Agent admitted,
        Instant openedAt,
        long connectionLimit,
        AtomicReference<EndReason> closedWith)
        implements OpenSocket {

    static FakeSocket open(String connectionId, String agent, long second, long limit) {
        return new FakeSocket(
                connectionId,
                agent(agent, Optional.empty(), Agent.Status.ACTIVE),
                Instant.ofEpochSecond(second),
                limit,
                new AtomicReference<>());
    }

    static Agent agent(String id, Optional<String> sshKey, Agent.Status status) {
        return new Agent(
                new AgentId(id),
                new TenantId("acme"),
                Optional.empty(),
                sshKey,
                Optional.empty(),
                List.of(),
                Map.of(),
                status,
                Instant.EPOCH);
    }

    @Override
    public void belongTo(List<ChannelId> channels) {
        // belongs to nothing
    }

    @Override
    public void close(EndReason reason, String detail) {
        closedWith.compareAndSet(null, reason);
    }

    boolean isOpen() {
        return closedWith.get() == null;
    }

    /** The sockets of a gateway. */
    record Gateway(List<FakeSocket> all) implements OpenSockets {
        @Override
        public List<FakeSocket> of(AgentId agent) {
            return all.stream()
                    .filter(socket -> socket.isOpen() && socket.admitted().agentId().equals(agent))
                    .toList();
        }
    }
}
