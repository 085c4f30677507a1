package ai.artcafe.tracker.flow.store;

import ai.artcafe.model.flow.Flow;
import ai.artcafe.model.flow.FlowPoint;
import ai.artcafe.model.flow.FlowSketches;
import ai.artcafe.model.flow.FlowSpan;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.key.FlowFields;
import ai.artcafe.model.key.Table;
import ai.artcafe.model.key.TenantKeys;
import ai.artcafe.model.key.UsageFields;
import ai.artcafe.model.key.UsageKeys;
import ai.artcafe.runtime.store.Item;
import ai.artcafe.runtime.store.ItemRange;
import ai.artcafe.runtime.store.StoreAwayException;
import ai.artcafe.runtime.store.StoreOutages;
import ai.artcafe.tracker.flow.DueSpan;
import ai.artcafe.tracker.flow.FlowArchive;
import ai.artcafe.tracker.flow.FlowHistory;
import ai.artcafe.tracker.rollup.Times;
import ai.artcafe.tracker.rollup.UsageStoreException;
import ai.artcafe.tracker.rollup.store.PacedWrites;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;

/** The spans in {@link Table#USAGE_METRICS}; what has expired is not there. */
@ApplicationScoped
public class DynamoFlows implements FlowArchive, FlowHistory {

    private static final Table TABLE = Table.USAGE_METRICS;
    private static final String SORT = TABLE.sortKey().orElseThrow();
    private static final String UPDATED_AT = "updated_at";

    /** About what an item of numbers takes. */
    private static final int NUMBERS_SIZE = 500;

    private final DynamoDbClient dynamoDb;
    private final PacedWrites writes;
    private final Clock clock;

    @Inject
    public DynamoFlows(DynamoDbClient dynamoDb, PacedWrites writes, Clock clock) {
        this.dynamoDb = dynamoDb;
        this.writes = writes;
        this.clock = clock;
    }

    @Override
    public void write(DueSpan span, FlowSketches sketches, Instant expiresAt, Instant now) {
        byte[] bytes = sketches.toBytes();
        Map<String, AttributeValue> common = new HashMap<>();
        common.put(TenantKeys.TENANT_ID, AttributeValue.fromS(span.tenant().value()));
        common.put(UPDATED_AT, AttributeValue.fromS(Times.format(now)));
        common.put(UsageFields.PROGRESS, number(sketches.progress()));
        common.put(Table.TTL, number(expiresAt.getEpochSecond()));

        Map<String, AttributeValue> sketchItem = new HashMap<>(common);
        sketchItem.putAll(key(span.tenant(), UsageKeys.flowSketches(span.span(), span.start())));
        sketchItem.put(FlowFields.SKETCHES, AttributeValue.fromB(SdkBytes.fromByteArray(bytes)));
        put(sketchItem, NUMBERS_SIZE + bytes.length);

        Map<String, AttributeValue> numbers = new HashMap<>(common);
        numbers.putAll(key(span.tenant(), UsageKeys.flow(span.span(), span.start())));
        FlowFields.write(sketches.point(span.start()))
                .forEach((name, value) -> numbers.put(name, AttributeValue.fromN(value)));
        put(numbers, NUMBERS_SIZE);
    }

    private void put(Map<String, AttributeValue> item, int bytes) {
        PutItemRequest put =
                PutItemRequest.builder()
                        .tableName(TABLE.tableName())
                        .item(item)
                        .conditionExpression("attribute_not_exists(#progress) OR #progress < :new")
                        .expressionAttributeNames(Map.of("#progress", UsageFields.PROGRESS))
                        .expressionAttributeValues(Map.of(":new", item.get(UsageFields.PROGRESS)))
                        .build();
        try {
            writes.write(bytes, () -> dynamoDb.putItem(put));
        } catch (UsageStoreException e) {
            throw new StoreAwayException(StoreOutages.DYNAMODB, e);
        }
    }

    @Override
    public FlowSketches parts(DueSpan whole) {
        FlowSpan part = whole.span() == FlowSpan.DAY ? FlowSpan.HOUR : FlowSpan.MINUTE;
        FlowSketches merged = new FlowSketches();
        reading(() -> {
            query(
                            whole.tenant(),
                            UsageKeys.flowSketches(part, whole.start()),
                            UsageKeys.flowSketches(part, whole.end().minusNanos(1)))
                    .forEach(item -> merged.merge(sketches(item)));
            return merged;
        });
        return merged;
    }

    @Override
    public List<FlowPoint> points(TenantId tenant, FlowSpan span, Instant from, Instant to) {
        Instant first = firstFrom(span, from);
        if (!first.isBefore(to)) {
            return List.of();
        }
        String beforeLabel = UsageKeys.flow(span, Instant.EPOCH);
        int label = beforeLabel.length() - span.label(Instant.EPOCH).length();
        return reading(() ->
                query(tenant, UsageKeys.flow(span, first), UsageKeys.flow(span, to.minusNanos(1)))
                        .map(item ->
                                FlowFields.read(
                                        span.parse(item.requiredText(SORT).substring(label))
                                                .orElseThrow(),
                                        item.numbers()))
                        .toList());
    }

    /** The beginning of the first span that does not begin before. */
    private static Instant firstFrom(FlowSpan span, Instant from) {
        return span.start(from).equals(from) ? from : span.end(from);
    }

    @Override
    public Optional<Flow> flow(TenantId tenant, FlowSpan span, Instant start) {
        return reading(() -> {
            var answer =
                    dynamoDb.getItem(get ->
                            get.tableName(TABLE.tableName())
                                    .key(key(tenant, UsageKeys.flowSketches(span, start))));
            return answer.hasItem()
                    ? Optional.of(new Item(answer.item()))
                            .filter(item -> !item.isExpired(clock.instant()))
                            .map(item -> sketches(item).flow())
                    : Optional.empty();
        });
    }

    private static FlowSketches sketches(Item item) {
        AttributeValue bytes = item.attributes().get(FlowFields.SKETCHES);
        if (bytes == null || bytes.b() == null) {
            throw new IllegalStateException("item has no " + FlowFields.SKETCHES);
        }
        return FlowSketches.of(bytes.b().asByteArray());
    }

    /** Sort keys between the two, both included, in their order. */
    private Stream<Item> query(TenantId tenant, String from, String to) {
        Instant now = clock.instant();
        ItemRange range = new ItemRange(TABLE, UsageKeys.tenant(tenant), from, to);
        return ItemRange.items(dynamoDb, range.query().consistentRead(true).build())
                .filter(item -> !item.isExpired(now));
    }

    private static <T> T reading(Supplier<T> call) {
        try {
            return call.get();
        } catch (SdkException e) {
            throw StoreOutages.storeAway(e)
                    .<RuntimeException>map(store -> new StoreAwayException(store, e))
                    .orElse(e);
        }
    }

    private static Map<String, AttributeValue> key(TenantId tenant, String sort) {
        return Item.key(TABLE, UsageKeys.tenant(tenant), sort);
    }

    private static AttributeValue number(long value) {
        return AttributeValue.fromN(Long.toString(value));
    }
}
