package ai.artcafe.metrics.store;

import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.key.Table;
import ai.artcafe.model.key.TenantKeys;
import ai.artcafe.model.key.UsageKeys;
import ai.artcafe.model.presence.PresenceChange;
import ai.artcafe.runtime.store.Item;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The history of agents' presence. Throws the SDK's exceptions when DynamoDB is away. */
@ApplicationScoped
public class PresenceArchive {

    private static final String TABLE = Table.USAGE_METRICS.tableName();
    private static final String PARTITION = Table.USAGE_METRICS.partitionKey();
    private static final String SORT = Table.USAGE_METRICS.sortKey().orElseThrow();

    private final DynamoDbClient dynamoDb;

    PresenceArchive(DynamoDbClient dynamoDb) {
        this.dynamoDb = dynamoDb;
    }

    /**
     * The latest so many changes of an agent between two sort keys, the first of them included, the
     * latest first. An id may have been another tenant's agent before: that one's are not told.
     */
    public List<PresenceChange> changes(
            TenantId tenant, AgentId agent, String from, String before, int atMost) {
        return dynamoDb
                .queryPaginator(request ->
                        request.tableName(TABLE)
                                .keyConditionExpression(
                                        PARTITION
                                                + " = :agent AND "
                                                + SORT
                                                + " BETWEEN :from AND :before")
                                .filterExpression(TenantKeys.TENANT_ID + " = :tenant")
                                .expressionAttributeValues(
                                        Map.of(
                                                ":agent",
                                                AttributeValue.fromS(UsageKeys.client(agent)),
                                                ":from",
                                                AttributeValue.fromS(from),
                                                ":before",
                                                AttributeValue.fromS(before),
                                                ":tenant",
                                                AttributeValue.fromS(tenant.value())))
                                .scanIndexForward(false)
                                .limit(atMost + 1))
                .items()
                .stream()
                .filter(item -> !before.equals(new Item(item).requiredText(SORT)))
                .flatMap(item -> PresenceChange.read(texts(item)).stream())
                .limit(atMost)
                .toList();
    }

    private static Map<String, String> texts(Map<String, AttributeValue> item) {
        Map<String, String> texts = new HashMap<>();
        item.forEach((name, value) -> {
            if (value.s() != null) {
                texts.put(name, value.s());
            }
        });
        return texts;
    }
}
