package ai.artcafe.gateway.connection.store;

import ai.artcafe.gateway.GatewayIdentity;
import ai.artcafe.gateway.agent.EndReason;
import ai.artcafe.gateway.connection.AgentConnection;
import ai.artcafe.gateway.connection.ConnectionChange;
import ai.artcafe.gateway.connection.ConnectionTable;
import ai.artcafe.gateway.connection.EndedConnection;
import ai.artcafe.gateway.connection.Ending;
import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.key.Table;
import ai.artcafe.model.presence.Door;
import ai.artcafe.runtime.store.Item;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/**
 * The sockets of all gateways in {@link Table#WEBSOCKET_CONNECTIONS}, under their tenants; and,
 * under {@code @gateway#{run}}, of which tenants a run of a gateway has records: what is left of it
 * is found by that. No tenant's id begins so. What ends goes to {@link EndedItems}. Every method
 * blocks.
 */
@ApplicationScoped
public class ConnectionStore implements ConnectionTable {

    static final String TABLE = Table.WEBSOCKET_CONNECTIONS.tableName();
    private static final Duration LIFE = Duration.ofHours(24);
    private static final Duration MARK_LIFE = LIFE.multipliedBy(2);
    private final DynamoDbClient dynamoDb;
    private final ConnectionBatches batches;
    private final String own;
    private final Clock clock;
    private final Map<TenantId, Instant> marked = new HashMap<>(); // when; guarded by this

    ConnectionStore(DynamoDbClient dynamoDb, GatewayIdentity gateway, Clock clock) {
        this.dynamoDb = dynamoDb;
        this.batches = new ConnectionBatches(dynamoDb);
        this.own = gateway.run();
        this.clock = clock;
    }

    @Override
    public synchronized List<ConnectionChange> write(List<ConnectionChange> changes) {
        Instant expiry = clock.instant().plus(LIFE);
        noteTenants(changes);
        List<ConnectionBatches.Write<ConnectionChange>> writes = new ArrayList<>();
        for (ConnectionChange change : changes) {
            requests(change, expiry)
                    .forEach(request -> writes.add(new ConnectionBatches.Write<>(request, change)));
        }
        return List.copyOf(batches.write(writes));
    }

    /** Before the first record of a tenant: what nobody can find, nobody removes. */
    private void noteTenants(List<ConnectionChange> changes) {
        Set<TenantId> fresh = new HashSet<>();
        for (ConnectionChange change : changes) {
            if (change instanceof ConnectionChange.Put(AgentConnection connection)) {
                fresh.add(connection.tenantId());
            }
        }
        Instant now = clock.instant();
        for (TenantId tenant : fresh) {
            Instant written = marked.getOrDefault(tenant, Instant.MIN);
            if (written.isBefore(now.minus(MARK_LIFE.dividedBy(2)))) {
                Map<String, AttributeValue> item =
                        new HashMap<>(ConnectionItems.mark(own, tenant.value()));
                item.put(Table.TTL, ConnectionItems.seconds(now.plus(MARK_LIFE)));
                dynamoDb.putItem(put -> put.tableName(TABLE).item(item));
                marked.put(tenant, now);
            }
        }
    }

    /** Others took this gateway for gone, and removed what it had here. */
    public synchronized void forgetMarks() {
        marked.clear();
    }

    /** This gateway has no records any more. */
    public synchronized void removeMarks() {
        List<ConnectionBatches.Write<TenantId>> writes =
                marked.keySet().stream()
                        .map(tenant ->
                                new ConnectionBatches.Write<>(
                                        ConnectionBatches.delete(
                                                ConnectionItems.mark(own, tenant.value())),
                                        tenant))
                        .toList();
        marked.keySet().retainAll(batches.write(writes));
    }

    private List<WriteRequest> requests(ConnectionChange change, Instant expiry) {
        return switch (change) {
            case ConnectionChange.Put(AgentConnection connection) ->
                    List.of(ConnectionBatches.put(ConnectionItems.item(connection, own, expiry)));
            case ConnectionChange.Remove(AgentConnection connection) ->
                    List.of(removal(connection));
            case ConnectionChange.End(EndedConnection ended, boolean recorded) ->
                    recorded
                            ? List.of(
                                    ConnectionBatches.put(EndedItems.item(ended)),
                                    removal(ended.connection()))
                            : List.of(ConnectionBatches.put(EndedItems.item(ended)));
        };
    }

    private static WriteRequest removal(AgentConnection connection) {
        return ConnectionBatches.delete(
                ConnectionItems.key(connection.tenantId(), connection.connectionId()));
    }

    /** One of the tenant's sockets. */
    public Optional<Recorded> find(TenantId tenant, String connectionId) {
        GetItemResponse answer =
                dynamoDb.getItem(
                        get -> get.tableName(TABLE).key(ConnectionItems.key(tenant, connectionId)));
        return answer.hasItem() ? ConnectionItems.read(new Item(answer.item())) : Optional.empty();
    }

    /**
     * The tenant's sockets in the order of their ids.
     *
     * @param after the id after which to begin
     * @param limit how many are looked at: fewer may fit the agent
     */
    public Part list(TenantId tenant, Optional<AgentId> agent, Optional<String> after, int limit) {
        QueryResponse answer =
                dynamoDb.query(query -> {
                    query.tableName(TABLE)
                            .keyConditionExpression("tenant_id = :tenant")
                            .limit(limit);
                    Map<String, AttributeValue> values = new HashMap<>();
                    values.put(":tenant", AttributeValue.fromS(tenant.value()));
                    agent.ifPresent(id -> {
                        query.filterExpression("agent_id = :agent");
                        values.put(":agent", AttributeValue.fromS(id.value()));
                    });
                    query.expressionAttributeValues(values);
                    after.ifPresent(id -> query.exclusiveStartKey(ConnectionItems.key(tenant, id)));
                });
        Instant now = clock.instant();
        List<Recorded> found = new ArrayList<>();
        for (Map<String, AttributeValue> attributes : answer.items()) {
            Item item = new Item(attributes);
            if (!item.isExpired(now)) {
                ConnectionItems.read(item).ifPresent(found::add);
            }
        }
        return new Part(
                found,
                answer.hasLastEvaluatedKey()
                        ? Optional.of(
                                new Item(answer.lastEvaluatedKey())
                                        .requiredText(ConnectionItems.CONNECTION_ID))
                        : Optional.empty());
    }

    /**
     * A part of a list.
     *
     * @param next the id after which it goes on; empty at the end
     */
    public record Part(List<Recorded> found, Optional<String> next) {}

    /**
     * Ends what is left of a run of a gateway.
     *
     * @param at when it was last there
     */
    public int endAll(String run, Instant at) {
        List<String> of =
                dynamoDb
                        .queryPaginator(query ->
                                query.tableName(TABLE)
                                        .keyConditionExpression("tenant_id = :run")
                                        .expressionAttributeValues(
                                                Map.of(
                                                        ":run",
                                                        AttributeValue.fromS(
                                                                ConnectionItems.marks(run)))))
                        .items()
                        .stream()
                        .map(item -> new Item(item).requiredText(ConnectionItems.CONNECTION_ID))
                        .toList();
        int ended = 0;
        for (String tenant : of) {
            ended += endAll(new TenantId(tenant), run, at);
            dynamoDb.deleteItem(
                    delete -> delete.tableName(TABLE).key(ConnectionItems.mark(run, tenant)));
        }
        return ended;
    }

    private int endAll(TenantId tenant, String run, Instant at) {
        int ended = 0;
        Optional<String> after = Optional.empty();
        do {
            Part part = list(tenant, Optional.empty(), after, 1000);
            List<ConnectionBatches.Write<Recorded>> writes = new ArrayList<>();
            for (Recorded left : part.found()) {
                if (left.gateway().equals(run)) {
                    writes.add(
                            new ConnectionBatches.Write<>(
                                    ConnectionBatches.put(EndedItems.item(lost(left, at))), left));
                    writes.add(new ConnectionBatches.Write<>(removal(left.connection()), left));
                    ended++;
                }
            }
            batches.write(writes);
            after = part.next();
        } while (after.isPresent());
        return ended;
    }

    private static EndedConnection lost(Recorded left, Instant at) {
        Instant openedAt = left.connection().openedAt();
        return EndedConnection.closed(
                left.connection(),
                Door.WEBSOCKET,
                left.gatewayId(),
                at.isBefore(openedAt) ? openedAt : at,
                Ending.of(EndReason.GATEWAY_LOST));
    }
}
