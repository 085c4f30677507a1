package ai.artcafe.metrics.store;

import ai.artcafe.model.key.Table;
import ai.artcafe.runtime.store.Item;
import ai.artcafe.runtime.store.StoreAwayException;
import ai.artcafe.runtime.store.StoreOutages;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;

/** Reads many items by their keys. */
@ApplicationScoped
class BatchReads {

    /** As many as DynamoDB takes in one request. */
    private static final int KEYS_AT_ONCE = 100;

    /** How often keys are asked for again when DynamoDB leaves all of them unprocessed. */
    private static final int ATTEMPTS = 8;

    private final DynamoDbClient dynamoDb;

    BatchReads(DynamoDbClient dynamoDb) {
        this.dynamoDb = dynamoDb;
    }

    /**
     * Hands on those of the items that exist, in no order.
     *
     * @throws StoreAwayException when DynamoDB keeps leaving keys unprocessed
     */
    void each(Table table, List<Map<String, AttributeValue>> keys, Consumer<Item> taker) {
        for (int from = 0; from < keys.size(); from += KEYS_AT_ONCE) {
            batch(
                    table.tableName(),
                    keys.subList(from, Math.min(keys.size(), from + KEYS_AT_ONCE)),
                    taker);
        }
    }

    /** An answer of 16 MB leaves keys as well: only one that brings nothing is a failed try. */
    private void batch(String table, List<Map<String, AttributeValue>> keys, Consumer<Item> taker) {
        Map<String, KeysAndAttributes> open =
                Map.of(table, KeysAndAttributes.builder().keys(keys).build());
        int attempts = 0;
        while (!open.isEmpty()) {
            Map<String, KeysAndAttributes> wanted = open;
            BatchGetItemResponse answer =
                    dynamoDb.batchGetItem(request -> request.requestItems(wanted));
            List<Map<String, AttributeValue>> items =
                    answer.responses().getOrDefault(table, List.of());
            items.forEach(item -> taker.accept(new Item(item)));
            open = answer.unprocessedKeys();
            attempts = items.isEmpty() ? attempts + 1 : 0;
            if (!open.isEmpty() && attempts >= ATTEMPTS) {
                throw new StoreAwayException(
                        StoreOutages.DYNAMODB, new IllegalStateException("keys left unprocessed"));
            }
        }
    }
}
