package ai.artcafe.tracker.presence;

import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.key.RedisKeys;
import ai.artcafe.model.presence.AgentPresence;
import ai.artcafe.model.presence.PresenceChange;
import ai.artcafe.model.presence.PresenceStatus;
import ai.artcafe.model.usage.ConnectionKey;
import ai.artcafe.tracker.TestStores;
import io.vertx.mutiny.redis.client.Command;
import io.vertx.mutiny.redis.client.Response;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A tenant's presence in Redis, and the ledger's connections that it goes by. */
public final class PresenceScene {

    private final TestStores stores;
    private final TenantId tenant;

    public PresenceScene(TestStores stores, TenantId tenant) {
        this.stores = stores;
        this.tenant = tenant;
    }

    /** What the ledger does when a connection opens. */
    void open(AgentId agent, ConnectionKey connection) {
        stores.redis().send(Command.HINCRBY, RedisKeys.openConnections(tenant), agent.value(), "1");
        stores.redis()
                .send(
                        Command.HSET,
                        RedisKeys.positions(tenant),
                        connection.key(),
                        "o 1 0 " + agent + " 0 0 0 0 0 0");
    }

    /** What the ledger does when it closes, or its source is given up. */
    void close(AgentId agent, ConnectionKey connection, Instant at) {
        stores.redis()
                .send(
                        Command.HSET,
                        RedisKeys.positions(tenant),
                        connection.key(),
                        "c 1 " + at.toEpochMilli() + " " + agent + " 0 0 0 0 0 0");
        long left =
                stores.redis()
                        .send(
                                Command.HINCRBY,
                                RedisKeys.openConnections(tenant),
                                agent.value(),
                                "-1")
                        .orElseThrow()
                        .toLong();
        if (left <= 0) {
            stores.redis().send(Command.HDEL, RedisKeys.openConnections(tenant), agent.value());
        }
    }

    public Optional<AgentPresence> presence(AgentId agent) {
        return Optional.ofNullable(
                        stores.redis().hash(RedisKeys.presenceAgents(tenant)).get(agent.value()))
                .flatMap(AgentPresence::parse);
    }

    public Optional<PresenceStatus> status(AgentId agent) {
        return presence(agent).map(AgentPresence::status);
    }

    Map<PresenceStatus, Long> counts() {
        Map<PresenceStatus, Long> counts = new HashMap<>();
        stores.redis()
                .hash(RedisKeys.presenceCounts(tenant))
                .forEach((status, count) -> {
                    if (!count.equals("0")) {
                        counts.put(PresenceStatus.parse(status).orElseThrow(), Long.valueOf(count));
                    }
                });
        return counts;
    }

    /** How many of the known agents have each status. */
    Map<PresenceStatus, Long> tally() {
        Map<PresenceStatus, Long> tally = new HashMap<>();
        stores.redis()
                .hash(RedisKeys.presenceAgents(tenant))
                .values()
                .forEach(text ->
                        tally.merge(
                                AgentPresence.parse(text).orElseThrow().status(), 1L, Long::sum));
        return tally;
    }

    public List<PresenceChange> changes(AgentId agent) {
        List<PresenceChange> changes = new ArrayList<>();
        for (Response entry :
                stores.redis()
                        .send(Command.XRANGE, RedisKeys.presenceChanges(tenant), "-", "+")
                        .orElseThrow()) {
            Map<String, String> fields = new HashMap<>();
            Response list = entry.get(1);
            for (int i = 0; i + 1 < list.size(); i += 2) {
                fields.put(list.get(i).toString(), list.get(i + 1).toString());
            }
            PresenceChange change = PresenceChange.read(fields).orElseThrow();
            if (change.agent().equals(agent)) {
                changes.add(change);
            }
        }
        return changes;
    }

    /** {@code +} for each join, {@code -} for each leave, in their order. */
    public String comings(AgentId agent) {
        StringBuilder comings = new StringBuilder();
        for (PresenceChange change : changes(agent)) {
            if (change.isJoin()) {
                comings.append('+');
            } else if (change.isLeave()) {
                comings.append('-');
            }
        }
        return comings.toString();
    }
}
