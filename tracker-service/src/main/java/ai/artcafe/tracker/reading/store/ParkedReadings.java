package ai.artcafe.tracker.reading.store;

import ai.artcafe.model.key.Table;
import ai.artcafe.model.key.UsageKeys;
import ai.artcafe.runtime.store.Item;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The last readings of gateways that ended while no tracker acknowledged them. Throws the SDK's
 * exceptions when DynamoDB is away.
 */
@ApplicationScoped
public class ParkedReadings {

    private static final String SORT = Table.USAGE_METRICS.sortKey().orElseThrow();
    private static final int AT_ONCE = 20;

    private final DynamoDbClient dynamoDb;

    ParkedReadings(DynamoDbClient dynamoDb) {
        this.dynamoDb = dynamoDb;
    }

    /**
     * A part of a gateway's last batch.
     *
     * @param key which one
     * @param batch as the gateway would have sent it
     */
    public record Part(String key, byte[] batch) {}

    /** The first parts, in their order; empty when there are none. */
    public List<Part> first() {
        return dynamoDb
                .query(query ->
                        query.tableName(Table.USAGE_METRICS.tableName())
                                .keyConditionExpression("pk = :pk")
                                .expressionAttributeValues(
                                        Map.of(":pk", AttributeValue.fromS(UsageKeys.PARKED)))
                                .limit(AT_ONCE)
                                .consistentRead(true))
                .items()
                .stream()
                .map(Item::new)
                .map(item ->
                        new Part(
                                item.requiredText(SORT),
                                item.requiredText(UsageKeys.PARKED_BATCH)
                                        .getBytes(StandardCharsets.UTF_8)))
                .toList();
    }

    /** Forgets a part that the ledger has. */
    public void delete(Part part) {
        dynamoDb.deleteItem(request ->
                request.tableName(Table.USAGE_METRICS.tableName())
                        .key(Item.key(Table.USAGE_METRICS, UsageKeys.PARKED, part.key())));
    }
}
