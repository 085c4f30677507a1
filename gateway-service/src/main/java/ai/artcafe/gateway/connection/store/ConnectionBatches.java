package ai.artcafe.gateway.connection.store;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** Writes to the connections' table, as many in a request as DynamoDB takes. Blocks. */
final class ConnectionBatches {

    private static final int BATCH = 25;

    private final DynamoDbClient dynamoDb;

    ConnectionBatches(DynamoDbClient dynamoDb) {
        this.dynamoDb = dynamoDb;
    }

    /**
     * A write.
     *
     * @param of what it is a part of
     */
    record Write<T>(WriteRequest request, T of) {}

    /** Returns that of which not every write was taken. */
    <T> Set<T> write(List<Write<T>> all) {
        Set<T> left = new LinkedHashSet<>();
        for (int from = 0; from < all.size(); from += BATCH) {
            Map<WriteRequest, T> batch = new HashMap<>();
            for (Write<T> write : all.subList(from, Math.min(from + BATCH, all.size()))) {
                batch.put(write.request(), write.of());
            }
            dynamoDb.batchWriteItem(request ->
                            request.requestItems(
                                    Map.of(ConnectionStore.TABLE, List.copyOf(batch.keySet()))))
                    .unprocessedItems()
                    .getOrDefault(ConnectionStore.TABLE, List.of())
                    .forEach(unprocessed -> left.add(batch.get(unprocessed)));
        }
        return left;
    }

    static WriteRequest put(Map<String, AttributeValue> item) {
        return WriteRequest.builder().putRequest(put -> put.item(item)).build();
    }

    static WriteRequest delete(Map<String, AttributeValue> key) {
        return WriteRequest.builder().deleteRequest(delete -> delete.key(key)).build();
    }
}
