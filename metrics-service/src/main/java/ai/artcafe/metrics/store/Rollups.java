package ai.artcafe.metrics.store;

import ai.artcafe.model.identity.Attribution;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.key.Table;
import ai.artcafe.model.key.TenantKeys;
import ai.artcafe.model.key.UsageKeys;
import ai.artcafe.model.usage.Period;
import ai.artcafe.runtime.store.Item;
import ai.artcafe.runtime.store.ItemRange;
import ai.artcafe.runtime.store.StoreAwayException;
import ai.artcafe.runtime.store.StoreOutages;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Gatherers;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;

/** The hourly, daily and monthly rollups in DynamoDB; always read by key. */
@ApplicationScoped
public class Rollups {

    /** As many as DynamoDB takes in one request. */
    private static final int KEYS_AT_ONCE = 100;

    /** So many slices in a row are cheaper to read as one. */
    private static final int ROW = 8;

    /** How many of these are read at the same time. */
    private static final int ROWS_AT_ONCE = 4;

    /** How often keys that DynamoDB left unprocessed are asked for again. */
    private static final int ATTEMPTS = 8;

    private static final String TABLE = Table.USAGE_METRICS.tableName();
    private static final String PARTITION = Table.USAGE_METRICS.partitionKey();
    private static final String SORT = Table.USAGE_METRICS.sortKey().orElseThrow();

    private final DynamoDbClient dynamoDb;

    Rollups(DynamoDbClient dynamoDb) {
        this.dynamoDb = dynamoDb;
    }

    /**
     * What is booked in each of the slices; those without a rollup, or with one that another tenant
     * left under the agent's id, are not in it. Slices in a row are read as a row. Throws the SDK's
     * exceptions when DynamoDB is away.
     */
    public Map<BookedSlice, Booked> read(List<BookedSlice> slices) {
        Map<BookedSlice, Booked> booked = new HashMap<>();
        List<List<BookedSlice>> rows = rows(slices);
        rows.stream()
                .filter(row -> row.size() >= ROW)
                .gather(Gatherers.mapConcurrent(ROWS_AT_ONCE, this::readRow))
                .forEach(booked::putAll);
        readSingle(
                rows.stream().filter(row -> row.size() < ROW).flatMap(List::stream).toList(),
                booked);
        return booked;
    }

    private static List<List<BookedSlice>> rows(List<BookedSlice> slices) {
        List<List<BookedSlice>> rows = new ArrayList<>();
        slices.stream()
                .collect(
                        Collectors.groupingBy(
                                slice -> new Series(slice.owner(), slice.slice().period())))
                .values()
                .forEach(series -> {
                    series.sort(Comparator.comparing(slice -> slice.slice().start()));
                    int from = 0;
                    for (int at = 1; at <= series.size(); at++) {
                        if (at == series.size()
                                || !series.get(at - 1)
                                        .slice()
                                        .end()
                                        .equals(series.get(at).slice().start())) {
                            rows.add(series.subList(from, at));
                            from = at;
                        }
                    }
                });
        return rows;
    }

    private Map<BookedSlice, Booked> readRow(List<BookedSlice> row) {
        Map<BookedSlice, Booked> booked = new HashMap<>();
        Map<String, BookedSlice> bySort =
                row.stream()
                        .collect(
                                Collectors.toMap(
                                        slice -> RollupKey.of(slice).sort(), Function.identity()));
        ItemRange range =
                new ItemRange(
                        Table.USAGE_METRICS,
                        row.getFirst().owner().partition(),
                        RollupKey.of(row.getFirst()).sort(),
                        RollupKey.of(row.getLast()).sort());
        ItemRange.items(dynamoDb, range.query().consistentRead(true).build())
                .forEach(item -> {
                    BookedSlice slice = bySort.get(item.requiredText(SORT));
                    if (slice != null && belongsTo(slice.owner(), item)) {
                        booked.put(slice, Booked.read(item.numbers()));
                    }
                });
        return booked;
    }

    private void readSingle(List<BookedSlice> slices, Map<BookedSlice, Booked> booked) {
        for (int from = 0; from < slices.size(); from += KEYS_AT_ONCE) {
            int to = Math.min(slices.size(), from + KEYS_AT_ONCE);
            Map<RollupKey, BookedSlice> byKey =
                    slices.subList(from, to).stream()
                            .collect(Collectors.toMap(RollupKey::of, Function.identity()));
            for (Item item : items(byKey.keySet().stream().map(RollupKey::toItemKey).toList())) {
                BookedSlice slice = byKey.get(RollupKey.of(item));
                if (slice != null && belongsTo(slice.owner(), item)) {
                    booked.put(slice, Booked.read(item.numbers()));
                }
            }
        }
    }

    /**
     * The same as {@link #everBooked(TenantId, int)}, of those after the given one, in their order.
     */
    public List<Attribution> everBooked(TenantId tenant, Optional<Attribution> after, int atMost) {
        String beginning = UsageKeys.TOTALS + after.map(Attribution::value).orElse("");
        ItemRange range =
                new ItemRange(
                        Table.USAGE_METRICS,
                        UsageKeys.tenant(tenant),
                        beginning,
                        UsageKeys.TOTALS + "~");
        return ItemRange.items(
                        dynamoDb, range.query().consistentRead(true).limit(atMost + 1).build())
                .map(item -> item.requiredText(SORT))
                .filter(sort -> !sort.equals(beginning))
                .limit(atMost)
                .map(sort -> Attribution.of(sort.substring(UsageKeys.TOTALS.length())))
                .toList();
    }

    /**
     * To whom anything of the tenant's was ever booked, agents that are gone among them; at most so
     * many, in the order of their names. Throws the SDK's exceptions when DynamoDB is away.
     */
    public Set<Attribution> everBooked(TenantId tenant, int atMost) {
        return dynamoDb
                .queryPaginator(request ->
                        request.tableName(TABLE)
                                .keyConditionExpression(
                                        PARTITION
                                                + " = :tenant AND begins_with("
                                                + SORT
                                                + ", :total)")
                                .expressionAttributeValues(
                                        Map.of(
                                                ":tenant",
                                                AttributeValue.fromS(UsageKeys.tenant(tenant)),
                                                ":total",
                                                AttributeValue.fromS(UsageKeys.TOTALS)))
                                .projectionExpression(SORT))
                .items()
                .stream()
                .limit(atMost)
                .map(item -> new Item(item).requiredText(SORT))
                .flatMap(sort ->
                        Attribution.parse(sort.substring(UsageKeys.TOTALS.length())).stream())
                .collect(Collectors.toSet());
    }

    static boolean belongsTo(UsageOwner owner, Item item) {
        return switch (owner) {
            case UsageOwner.OfTenant _ -> true;
            case UsageOwner.OfAgent agent ->
                    item.text(TenantKeys.TENANT_ID)
                            .filter(agent.tenant().value()::equals)
                            .isPresent();
        };
    }

    private List<Item> items(List<Map<String, AttributeValue>> keys) {
        List<Item> items = new ArrayList<>();
        Map<String, KeysAndAttributes> open =
                Map.of(TABLE, KeysAndAttributes.builder().keys(keys).consistentRead(true).build());
        for (int attempt = 1; attempt <= ATTEMPTS && !open.isEmpty(); attempt++) {
            Map<String, KeysAndAttributes> wanted = open;
            BatchGetItemResponse answer =
                    dynamoDb.batchGetItem(request -> request.requestItems(wanted));
            answer.responses()
                    .getOrDefault(TABLE, List.of())
                    .forEach(item -> items.add(new Item(item)));
            open = answer.unprocessedKeys();
        }
        if (!open.isEmpty()) {
            throw new StoreAwayException(
                    StoreOutages.DYNAMODB, new IllegalStateException("keys left unprocessed"));
        }
        return items;
    }

    /** All of one owner's periods of one length. */
    private record Series(UsageOwner owner, Period period) {}

    /** Partition and sort key of a rollup. */
    private record RollupKey(String partition, String sort) {

        static RollupKey of(BookedSlice slice) {
            return new RollupKey(
                    slice.owner().partition(),
                    UsageKeys.rollup(slice.slice().period(), slice.slice().start()));
        }

        static RollupKey of(Item item) {
            return new RollupKey(item.requiredText(PARTITION), item.requiredText(SORT));
        }

        Map<String, AttributeValue> toItemKey() {
            return Item.key(Table.USAGE_METRICS, partition, sort);
        }
    }
}
