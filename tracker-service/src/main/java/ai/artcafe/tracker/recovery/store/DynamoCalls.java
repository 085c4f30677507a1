package ai.artcafe.tracker.recovery.store;

import ai.artcafe.model.key.Table;
import ai.artcafe.runtime.store.Item;
import ai.artcafe.tracker.ledger.LedgerUnavailableException;
import ai.artcafe.tracker.rollup.UsageStoreException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/** Consistent reads of a table with a sort key. */
final class DynamoCalls {

    /** DynamoDB gives no more at once. */
    private static final int BATCH = 100;

    private static final int ATTEMPTS = 8;
    private static final Duration BACKOFF = Duration.ofMillis(50);

    private final DynamoDbClient dynamoDb;
    private final Table table;
    private final String partitionKey;
    private final String sortKey;

    DynamoCalls(DynamoDbClient dynamoDb, Table table) {
        this.dynamoDb = dynamoDb;
        this.table = table;
        this.partitionKey = table.partitionKey();
        this.sortKey = table.sortKey().orElseThrow();
    }

    /**
     * @throws LedgerUnavailableException when the call fails
     */
    static <T> T reading(String what, Supplier<T> call) {
        try {
            return call.get();
        } catch (SdkException | UsageStoreException e) {
            throw new LedgerUnavailableException(
                    "DynamoDB failed at " + what + ": " + e.getMessage(), e);
        }
    }

    Optional<Item> get(String partition, String sort) {
        var answer =
                dynamoDb.getItem(request ->
                        request.tableName(table.tableName())
                                .key(Item.key(table, partition, sort))
                                .consistentRead(true));
        return answer.hasItem() ? Optional.of(new Item(answer.item())) : Optional.empty();
    }

    /** All items of a partition. */
    Stream<Item> partition(String partition) {
        return query(
                partitionKey + " = :pk", Map.of(":pk", AttributeValue.fromS(partition)), _ -> {});
    }

    /** All items of a partition whose sort keys begin so. */
    Stream<Item> beginning(String partition, String prefix) {
        return beginning(partition, prefix, Map.of(), _ -> {});
    }

    /** The same, with a filter of further values. */
    Stream<Item> beginning(
            String partition,
            String prefix,
            Map<String, AttributeValue> filterValues,
            Consumer<QueryRequest.Builder> filter) {
        Map<String, AttributeValue> values = new HashMap<>(filterValues);
        values.put(":pk", AttributeValue.fromS(partition));
        values.put(":prefix", AttributeValue.fromS(prefix));
        return query(
                partitionKey + " = :pk AND begins_with(" + sortKey + ", :prefix)", values, filter);
    }

    /** All items of a partition whose sort keys are between the two, both included. */
    Stream<Item> between(String partition, String from, String to) {
        return query(
                partitionKey + " = :pk AND " + sortKey + " BETWEEN :from AND :to",
                Map.of(
                        ":pk", AttributeValue.fromS(partition),
                        ":from", AttributeValue.fromS(from),
                        ":to", AttributeValue.fromS(to)),
                _ -> {});
    }

    private Stream<Item> query(
            String condition,
            Map<String, AttributeValue> values,
            Consumer<QueryRequest.Builder> filter) {
        return dynamoDb
                .queryPaginator(request -> {
                    request.tableName(table.tableName())
                            .keyConditionExpression(condition)
                            .expressionAttributeValues(values)
                            .consistentRead(true);
                    filter.accept(request);
                })
                .items()
                .stream()
                .map(Item::new);
    }

    /** One key of an item. */
    record Key(String partition, String sort) {}

    /** Those of the items that exist, in no order; what is left over is asked for again. */
    List<Item> batch(Collection<Key> keys) {
        List<Item> found = new ArrayList<>();
        Map<String, KeysAndAttributes> asked =
                Map.of(
                        table.tableName(),
                        KeysAndAttributes.builder()
                                .consistentRead(true)
                                .keys(
                                        keys.stream()
                                                .map(key ->
                                                        Item.key(
                                                                table, key.partition(), key.sort()))
                                                .toList())
                                .build());
        for (int attempt = 1; !asked.isEmpty(); attempt++) {
            pause(attempt);
            Map<String, KeysAndAttributes> now = asked;
            BatchGetItemResponse answer = dynamoDb.batchGetItem(get -> get.requestItems(now));
            answer.responses()
                    .getOrDefault(table.tableName(), List.of())
                    .forEach(item -> found.add(new Item(item)));
            asked = answer.unprocessedKeys();
        }
        return found;
    }

    /** Throttled reads come back as left over. */
    private static void pause(int attempt) {
        if (attempt == 1) {
            return;
        }
        if (attempt > ATTEMPTS) {
            throw new LedgerUnavailableException(
                    "DynamoDB keeps throttling reads", new IllegalStateException());
        }
        try {
            Thread.sleep(BACKOFF.multipliedBy(1L << (attempt - 2)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LedgerUnavailableException("interrupted", e);
        }
    }

    /** The keys in portions that {@link #batch} takes. */
    static List<List<Key>> batches(List<Key> keys) {
        List<List<Key>> batches = new ArrayList<>();
        for (int from = 0; from < keys.size(); from += BATCH) {
            batches.add(keys.subList(from, Math.min(from + BATCH, keys.size())));
        }
        return batches;
    }
}
