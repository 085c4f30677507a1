package ai.artcafe.gateway.connection;

import ai.artcafe.gateway.agent.Agent;
import ai.artcafe.gateway.agent.EndReason;
import ai.artcafe.gateway.quota.ConnectionsChanged;
import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.problem.ErrorCode;
import ai.artcafe.model.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Holds an agent to its plan's connections across all gateways. Each gateway judges its own sockets
 * by what it knows of all, and all by the same order, so that exactly those beyond the limit end.
 * Nothing here blocks.
 */
@ApplicationScoped
class ConnectionLimit {

    private static final String RETRY_AFTER_SECONDS = "5";

    private final WhenFull whenFull;
    private final OpenSockets sockets;
    private final OtherGateways others;

    @Inject
    ConnectionLimit(ConnectionConfig config, OpenSockets sockets, OtherGateways others) {
        this(config.whenFull(), sockets, others);
    }

    ConnectionLimit(WhenFull whenFull, OpenSockets sockets, OtherGateways others) {
        this.whenFull = whenFull;
        this.sockets = sockets;
        this.others = others;
    }

    /**
     * Before the agent's connection becomes a socket.
     *
     * @throws ProblemException {@code limit_exceeded} where the newest are refused
     */
    void requireRoom(AgentId agent, long limit) {
        if (whenFull == WhenFull.REFUSE
                && sockets.of(agent).size() + others.of(agent).size() >= limit) {
            throw full(limit);
        }
    }

    static ProblemException full(long limit) {
        return new ProblemException(
                ErrorCode.LIMIT_EXCEEDED,
                refusal(limit),
                Map.of("retry_after", RETRY_AFTER_SECONDS));
    }

    /** Holds all agents of a tenant to what it may now. */
    void apply(@Observes ConnectionsChanged changed) {
        sockets.all().stream()
                .map(OpenSocket::admitted)
                .filter(agent -> agent.tenantId().equals(changed.tenant()))
                .map(Agent::agentId)
                .distinct()
                .forEach(this::apply);
    }

    /** Closes those of the agent's sockets here that are beyond the limit. */
    void apply(AgentId agent) {
        List<? extends OpenSocket> own = sockets.of(agent);
        if (own.isEmpty()) {
            return;
        }
        List<AgentConnection> all = new ArrayList<>(others.of(agent));
        own.forEach(socket -> all.add(AgentConnection.of(socket)));
        long limit = own.getLast().connectionLimit();
        if (all.size() <= limit) {
            return;
        }
        Set<String> staying = staying(all, (int) limit);
        for (OpenSocket socket : own) {
            if (!staying.contains(socket.connectionId())) {
                socket.close(endReason(), detail(limit));
            }
        }
    }

    /** Why the connections end that may not stay. */
    EndReason endReason() {
        return switch (whenFull) {
            case REPLACE -> EndReason.REPLACED;
            case REFUSE -> EndReason.CONNECTION_LIMIT;
        };
    }

    /** The ids of those connections of an agent that may stay. */
    Set<String> staying(Collection<AgentConnection> connections, int limit) {
        List<AgentConnection> all = new ArrayList<>(connections);
        all.sort(
                switch (whenFull) {
                    case REPLACE -> Collections.reverseOrder(AgentConnection.BY_AGE);
                    case REFUSE -> AgentConnection.BY_AGE;
                });
        Set<String> staying = new HashSet<>();
        all.subList(0, Math.min(limit, all.size()))
                .forEach(connection -> staying.add(connection.connectionId()));
        return staying;
    }

    /** What the agent reads of it. */
    String detail(long limit) {
        return switch (whenFull) {
            case REPLACE -> "a newer connection took this one's place";
            case REFUSE -> refusal(limit);
        };
    }

    private static String refusal(long limit) {
        return "the plan allows " + limit + " connections of an agent";
    }
}
