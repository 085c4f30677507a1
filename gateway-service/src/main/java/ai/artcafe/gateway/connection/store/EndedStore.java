package ai.artcafe.gateway.connection.store;

import ai.artcafe.gateway.connection.EndedConnection;
import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.runtime.store.Item;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/** The tenants' connections that have ended in the last day. Every method blocks. */
@ApplicationScoped
public class EndedStore {

    private final DynamoDbClient dynamoDb;
    private final Clock clock;

    EndedStore(DynamoDbClient dynamoDb, Clock clock) {
        this.dynamoDb = dynamoDb;
        this.clock = clock;
    }

    /**
     * One of them.
     *
     * @param position where it is in the list
     */
    public record Kept(EndedConnection ended, String position) {}

    /**
     * A part of the list.
     *
     * @param next the position after which it goes on; empty at the end
     */
    public record Part(List<Kept> found, Optional<String> next) {}

    /**
     * The tenant's, the latest first.
     *
     * @param after the position after which to begin
     * @param limit how many are looked at: fewer may fit the agent
     */
    public Part list(TenantId tenant, Optional<AgentId> agent, Optional<String> after, int limit) {
        QueryResponse answer =
                dynamoDb.query(query -> {
                    query.tableName(ConnectionStore.TABLE)
                            .keyConditionExpression("tenant_id = :tenant")
                            .scanIndexForward(false)
                            .limit(limit);
                    Map<String, AttributeValue> values = new HashMap<>();
                    values.put(":tenant", AttributeValue.fromS(EndedItems.partition(tenant)));
                    agent.ifPresent(id -> {
                        query.filterExpression("agent_id = :agent");
                        values.put(":agent", AttributeValue.fromS(id.value()));
                    });
                    query.expressionAttributeValues(values);
                    after.ifPresent(
                            position -> query.exclusiveStartKey(EndedItems.key(tenant, position)));
                });
        Instant now = clock.instant();
        List<Kept> found = new ArrayList<>();
        for (Map<String, AttributeValue> attributes : answer.items()) {
            Item item = new Item(attributes);
            if (!item.isExpired(now)) {
                EndedItems.read(tenant, item)
                        .ifPresent(ended -> found.add(new Kept(ended, EndedItems.position(item))));
            }
        }
        return new Part(
                found,
                answer.hasLastEvaluatedKey()
                        ? Optional.of(EndedItems.position(new Item(answer.lastEvaluatedKey())))
                        : Optional.empty());
    }
}
