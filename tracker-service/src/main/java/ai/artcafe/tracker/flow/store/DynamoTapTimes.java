package ai.artcafe.tracker.flow.store;

import ai.artcafe.model.key.Table;
import ai.artcafe.model.key.UsageKeys;
import ai.artcafe.model.plan.Tier;
import ai.artcafe.runtime.store.Item;
import ai.artcafe.runtime.store.StoreAwayException;
import ai.artcafe.runtime.store.StoreOutages;
import ai.artcafe.tracker.flow.TapTimes;
import ai.artcafe.tracker.rollup.Times;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/** {@link UsageKeys#TAPPED}, and {@link UsageKeys#untapped} for as long as any detail is kept. */
@ApplicationScoped
public class DynamoTapTimes implements TapTimes {

    private static final Table TABLE = Table.USAGE_METRICS;

    private final DynamoDbClient dynamoDb;

    @Inject
    public DynamoTapTimes(DynamoDbClient dynamoDb) {
        this.dynamoDb = dynamoDb;
    }

    @Override
    public Optional<Instant> through() {
        return calling(() -> {
            var answer =
                    dynamoDb.getItem(get ->
                            get.tableName(TABLE.tableName())
                                    .key(key(UsageKeys.TAPPED))
                                    .consistentRead(true));
            return answer.hasItem() ? new Item(answer.item()).time("through") : Optional.empty();
        });
    }

    @Override
    public void listened(Instant through) {
        AttributeValue at = AttributeValue.fromS(Times.format(through));
        calling(() -> {
            try {
                return dynamoDb.updateItem(update ->
                        update.tableName(TABLE.tableName())
                                .key(key(UsageKeys.TAPPED))
                                .updateExpression(
                                        "SET #through = :at, #since = if_not_exists(#since, :at)")
                                .conditionExpression(
                                        "attribute_not_exists(#through) OR #through < :at")
                                .expressionAttributeNames(
                                        Map.of("#through", "through", "#since", "since"))
                                .expressionAttributeValues(Map.of(":at", at)));
            } catch (ConditionalCheckFailedException _) {
                return at;
            }
        });
    }

    @Override
    public void outage(Instant from, Instant to) {
        Map<String, AttributeValue> item = new HashMap<>(key(UsageKeys.untapped(to)));
        item.put("from", AttributeValue.fromS(Times.format(from)));
        item.put("to", AttributeValue.fromS(Times.format(to)));
        item.put(
                Table.TTL,
                AttributeValue.fromN(
                        Long.toString(
                                to.plus(Tier.ENTERPRISE.detailRetention()).getEpochSecond())));
        calling(() -> dynamoDb.putItem(put -> put.tableName(TABLE.tableName()).item(item)));
    }

    private static Map<String, AttributeValue> key(String sort) {
        return Item.key(TABLE, UsageKeys.PLATFORM, sort);
    }

    private static <T> T calling(Supplier<T> call) {
        try {
            return call.get();
        } catch (SdkException e) {
            throw StoreOutages.storeAway(e)
                    .<RuntimeException>map(store -> new StoreAwayException(store, e))
                    .orElse(e);
        }
    }
}
