package ai.artcafe.tracker.rollup.store;

import ai.artcafe.model.key.Table;
import ai.artcafe.model.key.UsageFields;
import ai.artcafe.runtime.store.Item;
import ai.artcafe.tracker.Fanout;
import ai.artcafe.tracker.rollup.RollupConfig;
import ai.artcafe.tracker.rollup.Times;
import ai.artcafe.tracker.rollup.UsageItem;
import ai.artcafe.tracker.rollup.UsageStore;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/** Usage items in {@link Table#USAGE_METRICS}: one conditional update each, several at once. */
@ApplicationScoped
public class DynamoUsageStore implements UsageStore {

    private static final Table TABLE = Table.USAGE_METRICS;

    /** About what an item takes beside its texts. */
    private static final int SIZE = 500;

    private final DynamoDbClient dynamoDb;
    private final PacedWrites writes;
    private final RollupConfig config;

    @Inject
    public DynamoUsageStore(DynamoDbClient dynamoDb, PacedWrites writes, RollupConfig config) {
        this.dynamoDb = dynamoDb;
        this.writes = writes;
        this.config = config;
    }

    @Override
    public void write(List<UsageItem> items, Instant at) {
        if (items.isEmpty()) {
            return;
        }
        Fanout.each(
                items.subList(0, items.size() - 1), config.concurrency(), item -> write(item, at));
        write(items.getLast(), at);
    }

    private void write(UsageItem item, Instant at) {
        UpdateItemRequest update = update(item, at);
        int texts = item.texts().values().stream().mapToInt(String::length).sum();
        writes.write(SIZE + texts, () -> dynamoDb.updateItem(update));
    }

    private static UpdateItemRequest update(UsageItem item, Instant at) {
        Map<String, AttributeValue> attributes = new HashMap<>();
        item.numbers().forEach((name, value) -> attributes.put(name, number(value)));
        item.texts().forEach((name, value) -> attributes.put(name, AttributeValue.fromS(value)));
        attributes.put(ItemFields.TENANT_ID, AttributeValue.fromS(item.tenant().value()));
        attributes.put(ItemFields.UPDATED_AT, AttributeValue.fromS(Times.format(at)));
        attributes.put(UsageFields.PROGRESS, number(item.progress()));
        item.expiresAt()
                .ifPresent(expiry -> attributes.put(Table.TTL, number(expiry.getEpochSecond())));

        Map<String, String> names = new HashMap<>();
        Map<String, AttributeValue> values = new HashMap<>();
        StringBuilder change = new StringBuilder();
        attributes.forEach((name, value) -> {
            change.append(change.isEmpty() ? "SET " : ", ")
                    .append('#')
                    .append(name)
                    .append(" = :")
                    .append(name);
            names.put("#" + name, name);
            values.put(":" + name, value);
        });
        if (item.expiresAt().isEmpty()) {
            change.append(" REMOVE #").append(Table.TTL);
            names.put("#" + Table.TTL, Table.TTL);
        }
        return UpdateItemRequest.builder()
                .tableName(TABLE.tableName())
                .key(Item.key(TABLE, item.partition(), item.sortKey()))
                .updateExpression(change.toString())
                .conditionExpression("attribute_not_exists(#progress) OR #progress < :progress")
                .expressionAttributeNames(names)
                .expressionAttributeValues(values)
                .build();
    }

    private static AttributeValue number(long value) {
        return AttributeValue.fromN(Long.toString(value));
    }
}
