package ai.artcafe.gateway.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.artcafe.gateway.agent.Agent;
import ai.artcafe.gateway.agent.EndReason;
import ai.artcafe.gateway.channel.OpenMemberships.Owner;
import ai.artcafe.gateway.connection.OpenSocket;
import ai.artcafe.gateway.connection.OpenSockets;
import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.ChannelId;
import ai.artcafe.model.identity.TenantId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OpenMembershipsTest {

    private static final TenantId ACME = new TenantId("acme");
    private static final AgentId WORKER = new AgentId("worker");
    private static final Owner OWNER = new Owner(ACME, WORKER);
    private static final ChannelId NEWS = new ChannelId("news");
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    private final List<Socket> open = new ArrayList<>();
    private boolean away;
    private final OpenMemberships memberships =
            new OpenMemberships(new Sockets(open), (_, _) -> read());

    @Test
    void theSocketsOfTheAgentAreTold() throws Exception {
        Socket own = new Socket(WORKER, NOW.minusSeconds(60));
        Socket anothers = new Socket(new AgentId("other"), NOW.minusSeconds(60));
        open.addAll(List.of(own, anothers));

        memberships.follow(Set.of(OWNER), NOW);

        assertThat(own.told).containsExactly(List.of(NEWS));
        assertThat(anothers.told).isEmpty();
    }

    @Test
    void theSameNameInAnotherTenantIsSomebodyElse() throws Exception {
        Socket socket = new Socket(WORKER, NOW.minusSeconds(60));
        open.add(socket);

        memberships.follow(Set.of(new Owner(new TenantId("umbrella"), WORKER)), NOW);

        assertThat(socket.told).isEmpty();
    }

    @Test
    void aSocketThatWasJustOpeningIsToldLater() throws Exception {
        Socket old = new Socket(WORKER, NOW.minusSeconds(60));
        open.add(old);
        memberships.follow(Set.of(OWNER), NOW);
        Socket opening = new Socket(WORKER, NOW.plusSeconds(3));
        open.add(opening);

        memberships.follow(Set.of(), NOW.plusSeconds(14));
        assertThat(opening.told).isEmpty();
        memberships.follow(Set.of(), NOW.plusSeconds(15));
        memberships.follow(Set.of(), NOW.plusSeconds(30));

        assertThat(opening.told).hasSize(1);
        assertThat(old.told).hasSize(1);
    }

    @Test
    void whatCouldNotBeReadIsAFaultOfTheWhole() throws Exception {
        Socket socket = new Socket(WORKER, NOW.minusSeconds(60));
        open.add(socket);
        away = true;
        assertThatThrownBy(() -> memberships.follow(Set.of(OWNER), NOW))
                .isInstanceOf(IllegalStateException.class);

        away = false;
        memberships.follow(Set.of(OWNER), NOW.plusSeconds(1));

        assertThat(socket.told).hasSize(1);
    }

    private List<ChannelId> read() {
        if (away) {
            throw new IllegalStateException("away");
        }
        return List.of(NEWS);
    }

    private record Sockets(List<Socket> all) implements OpenSockets {
        @Override
        public List<Socket> of(AgentId agent) {
            return all.stream()
                    .filter(socket -> socket.admitted().agentId().equals(agent))
                    .toList();
        }
    }

    private record Socket(Agent admitted, Instant openedAt, List<List<ChannelId>> told)
            implements OpenSocket {

        Socket(AgentId agent, Instant openedAt) {
            this(
                    new Agent(
                            agent,
                            ACME,
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            List.of(),
                            Map.of(),
                            Agent.Status.ACTIVE,
                            Instant.EPOCH),
                    openedAt,
                    new ArrayList<>());
        }

        @Override
        public String connectionId() {
            return "c-1";
        }

        @Override
        public long connectionLimit() {
            return 1;
        }

        @Override
        public void belongTo(List<ChannelId> channels) {
            told.add(channels);
        }

        @Override
        public void close(EndReason reason, String detail) {
            throw new AssertionError("not to be closed");
        }
    }
}
