package ai.artcafe.gateway.connection.store;

import ai.artcafe.gateway.GatewayIdentity;
import ai.artcafe.gateway.connection.AgentConnection;
import ai.artcafe.gateway.connection.ConnectionChange;
import ai.artcafe.gateway.connection.ConnectionTable;
import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.key.Table;
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
import java.util.function.Function;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/**
 * The sockets of all gateways in {@link Table#WEBSOCKET_CONNECTIONS}, under their tenants; and,
 * under {@code @gateway#{run}}, of which tenants a run of a gateway has records: what is left of it
 * is found by that. No tenant's id begins so. Every method blocks.
 */
@ApplicationScoped
public class ConnectionStore implements ConnectionTable {

    static final String TABLE = Table.WEBSOCKET_CONNECTIONS.tableName();
    private static final Duration LIFE = Duration.ofHours(24);
    private static final Duration MARK_LIFE = LIFE.multipliedBy(2);
    private static final int BATCH = 25;

    private final DynamoDbClient dynamoDb;
    private final String own;
    private final Clock clock;
    private final Map<TenantId, Instant> marked = new HashMap<>(); // when; guarded by this

    ConnectionStore(DynamoDbClient dynamoDb, GatewayIdentity gateway, Clock clock) {
        this.dynamoDb = dynamoDb;
        this.own = gateway.run();
        this.clock = clock;
    }

    @Override
    public synchronized List<ConnectionChange> write(List<ConnectionChange> changes) {
        Instant expiry = clock.instant().plus(LIFE);
        noteTenants(changes);
        Map<String, ConnectionChange> left = new HashMap<>();
        changes.forEach(change -> left.put(change.connection().connectionId(), change));
        inBatches(
                changes,
                change -> request(change, expiry),
                taken -> left.remove(taken.connection().connectionId()));
        return List.copyOf(left.values());
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
        inBatches(
                List.copyOf(marked.keySet()),
                tenant ->
                        WriteRequest.builder()
                                .deleteRequest(delete ->
                                        delete.key(ConnectionItems.mark(own, tenant.value())))
                                .build(),
                tenant -> marked.remove(tenant));
    }

    private WriteRequest request(ConnectionChange change, Instant expiry) {
        return switch (change) {
            case ConnectionChange.Put(AgentConnection connection) ->
                    WriteRequest.builder()
                            .putRequest(
                                    put -> put.item(ConnectionItems.item(connection, own, expiry)))
                            .build();
            case ConnectionChange.Remove(AgentConnection connection) -> removal(connection);
        };
    }

    private static WriteRequest removal(AgentConnection connection) {
        return WriteRequest.builder()
                .deleteRequest(delete ->
                        delete.key(
                                ConnectionItems.key(
                                        connection.tenantId(), connection.connectionId())))
                .build();
    }

    private interface Taken<T> {
        void taken(T change);
    }

    private <T> void inBatches(List<T> all, Function<T, WriteRequest> request, Taken<T> then) {
        for (int from = 0; from < all.size(); from += BATCH) {
            Map<WriteRequest, T> batch = new HashMap<>();
            for (T one : all.subList(from, Math.min(from + BATCH, all.size()))) {
                batch.put(request.apply(one), one);
            }
            List<WriteRequest> unprocessed =
                    dynamoDb.batchWriteItem(write ->
                                    write.requestItems(Map.of(TABLE, List.copyOf(batch.keySet()))))
                            .unprocessedItems()
                            .getOrDefault(TABLE, List.of());
            unprocessed.forEach(batch::remove);
            batch.values().forEach(then::taken);
        }
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

    /** Removes what is left of a run of a gateway. */
    public int removeAll(String run) {
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
        int removed = 0;
        for (String tenant : of) {
            removed += removeAll(new TenantId(tenant), run);
            dynamoDb.deleteItem(
                    delete -> delete.tableName(TABLE).key(ConnectionItems.mark(run, tenant)));
        }
        return removed;
    }

    private int removeAll(TenantId tenant, String run) {
        int removed = 0;
        Optional<String> after = Optional.empty();
        do {
            Part part = list(tenant, Optional.empty(), after, 1000);
            List<AgentConnection> left =
                    part.found().stream()
                            .filter(recorded -> recorded.gateway().equals(run))
                            .map(Recorded::connection)
                            .toList();
            inBatches(left, ConnectionStore::removal, _ -> {});
            removed += left.size();
            after = part.next();
        } while (after.isPresent());
        return removed;
    }
}
