package ai.artcafe.gateway.registry;

import ai.artcafe.model.key.Table;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/** The writes that registries put together in transactions. */
public final class Writes {

    private Writes() {}

    /** An item that must not be there yet. */
    public static TransactWriteItem putNew(Table table, Map<String, AttributeValue> item) {
        return TransactWriteItem.builder()
                .put(put ->
                        put.tableName(table.tableName())
                                .item(item)
                                .conditionExpression("attribute_not_exists(#pk)")
                                .expressionAttributeNames(Map.of("#pk", table.partitionKey())))
                .build();
    }

    /** An item that must be there. */
    public static TransactWriteItem deleteExisting(Table table, Map<String, AttributeValue> key) {
        return TransactWriteItem.builder()
                .delete(delete ->
                        delete.tableName(table.tableName())
                                .key(key)
                                .conditionExpression("attribute_exists(#pk)")
                                .expressionAttributeNames(Map.of("#pk", table.partitionKey())))
                .build();
    }

    /**
     * One more of what an item counts, unless there are as many as there may be.
     *
     * @param existing whether the item must be there already; else it is made
     */
    public static TransactWriteItem countUp(
            Table table,
            Map<String, AttributeValue> key,
            String counter,
            long limit,
            boolean existing) {
        String room = "(attribute_not_exists(#counter) OR #counter < :limit)";
        Map<String, String> names =
                existing
                        ? Map.of("#counter", counter, "#pk", table.partitionKey())
                        : Map.of("#counter", counter);
        return TransactWriteItem.builder()
                .update(update ->
                        update.tableName(table.tableName())
                                .key(key)
                                .updateExpression("ADD #counter :one")
                                .conditionExpression(
                                        existing ? "attribute_exists(#pk) AND " + room : room)
                                .expressionAttributeNames(names)
                                .expressionAttributeValues(
                                        Map.of(
                                                ":one",
                                                AttributeValue.fromN("1"),
                                                ":limit",
                                                AttributeValue.fromN(Long.toString(limit)))))
                .build();
    }

    /** One less of what an item counts. */
    public static TransactWriteItem countDown(
            Table table, Map<String, AttributeValue> key, String counter) {
        return TransactWriteItem.builder()
                .update(update ->
                        update.tableName(table.tableName())
                                .key(key)
                                .updateExpression("ADD #counter :less")
                                .conditionExpression("attribute_exists(#counter)")
                                .expressionAttributeNames(Map.of("#counter", counter))
                                .expressionAttributeValues(
                                        Map.of(":less", AttributeValue.fromN("-1"))))
                .build();
    }
}
