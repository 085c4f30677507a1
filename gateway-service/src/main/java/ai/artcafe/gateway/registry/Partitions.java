package ai.artcafe.gateway.registry;

import ai.artcafe.model.key.Table;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** Deletes what is under one partition key, for good and whatever it is. Blocks. */
public final class Partitions {

    /** DynamoDB takes no more at once. */
    private static final int BATCH = 25;

    private static final int ATTEMPTS = 10;
    private static final long PAUSE_NANOS = 50_000_000;

    private Partitions() {}

    public static void delete(DynamoDbClient dynamoDb, Table table, String partition) {
        List<Map<String, AttributeValue>> keys = new ArrayList<>();
        dynamoDb.queryPaginator(query ->
                        query.tableName(table.tableName())
                                .keyConditionExpression("#pk = :pk")
                                .projectionExpression("#pk, #sk")
                                .expressionAttributeNames(
                                        Map.of(
                                                "#pk",
                                                table.partitionKey(),
                                                "#sk",
                                                table.sortKey().orElseThrow()))
                                .expressionAttributeValues(
                                        Map.of(":pk", AttributeValue.fromS(partition)))
                                .consistentRead(true))
                .items()
                .forEach(key -> {
                    keys.add(key);
                    if (keys.size() == BATCH) {
                        delete(dynamoDb, table, keys);
                        keys.clear();
                    }
                });
        if (!keys.isEmpty()) {
            delete(dynamoDb, table, keys);
        }
    }

    private static void delete(
            DynamoDbClient dynamoDb, Table table, List<Map<String, AttributeValue>> keys) {
        Map<String, List<WriteRequest>> left = new HashMap<>();
        left.put(
                table.tableName(),
                keys.stream()
                        .map(key ->
                                WriteRequest.builder()
                                        .deleteRequest(delete -> delete.key(key))
                                        .build())
                        .toList());
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            Map<String, List<WriteRequest>> batch = Map.copyOf(left);
            left = dynamoDb.batchWriteItem(write -> write.requestItems(batch)).unprocessedItems();
            if (left.isEmpty()) {
                return;
            }
            LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(PAUSE_NANOS * attempt) + 1);
        }
        throw new IllegalStateException("DynamoDB does not take all deletions now");
    }
}
