package ai.artcafe.tracker.rollup.store;

import ai.artcafe.model.key.Table;
import ai.artcafe.model.key.UsageFields;
import ai.artcafe.tracker.rollup.RollupConfig;
import ai.artcafe.tracker.rollup.Times;
import ai.artcafe.tracker.rollup.UsageItem;
import ai.artcafe.tracker.rollup.UsageStore;
import ai.artcafe.tracker.rollup.UsageStoreException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/** Usage items in {@link Table#USAGE_METRICS}: one conditional update each, several at once. */
@ApplicationScoped
public class DynamoUsageStore implements UsageStore {

    private static final String UPDATED_AT = "updated_at";
    private static final String TENANT_ID = "tenant_id";

    private final DynamoDbClient dynamoDb;
    private final RollupConfig config;

    @Inject
    public DynamoUsageStore(DynamoDbClient dynamoDb, RollupConfig config) {
        this.dynamoDb = dynamoDb;
        this.config = config;
    }

    @Override
    public void write(Collection<UsageItem> items, Instant at) {
        Semaphore room = new Semaphore(config.concurrency());
        AtomicBoolean failed = new AtomicBoolean();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> writes = new ArrayList<>(items.size());
            for (UsageItem item : items) {
                room.acquire();
                if (failed.get()) {
                    room.release();
                    break;
                }
                writes.add(
                        threads.submit(() -> {
                            try {
                                write(item, at);
                            } catch (RuntimeException e) {
                                failed.set(true);
                                throw e;
                            } finally {
                                room.release();
                            }
                        }));
            }
            for (Future<?> write : writes) {
                write.get();
            }
        } catch (ExecutionException e) {
            throw new UsageStoreException(
                    "DynamoDB: " + String.valueOf(e.getCause()),
                    e.getCause() == null ? e : e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UsageStoreException("interrupted", e);
        }
    }

    private void write(UsageItem item, Instant at) {
        UpdateItemRequest update = update(item, at);
        Duration pause = config.backoff();
        for (int attempt = 1; ; attempt++) {
            try {
                dynamoDb.updateItem(update);
                return;
            } catch (ConditionalCheckFailedException _) {
                return; // as new or newer is there
            } catch (SdkException e) {
                if (attempt >= config.attempts() || !isThrottled(e)) {
                    throw e;
                }
            }
            sleep(pause);
            pause = pause.multipliedBy(2);
        }
    }

    private static UpdateItemRequest update(UsageItem item, Instant at) {
        Map<String, AttributeValue> attributes = new HashMap<>();
        item.numbers().forEach((name, value) -> attributes.put(name, number(value)));
        item.texts().forEach((name, value) -> attributes.put(name, AttributeValue.fromS(value)));
        attributes.put(TENANT_ID, AttributeValue.fromS(item.tenant().value()));
        attributes.put(UPDATED_AT, AttributeValue.fromS(Times.format(at)));
        attributes.put(UsageFields.PROGRESS, number(item.progress()));
        attributes.put(Table.TTL, number(item.expiresAt().getEpochSecond()));

        Map<String, String> names = new HashMap<>();
        Map<String, AttributeValue> values = new HashMap<>();
        StringBuilder set = new StringBuilder();
        attributes.forEach((name, value) -> {
            set.append(set.isEmpty() ? "SET " : ", ")
                    .append('#')
                    .append(name)
                    .append(" = :")
                    .append(name);
            names.put("#" + name, name);
            values.put(":" + name, value);
        });
        Table table = Table.USAGE_METRICS;
        return UpdateItemRequest.builder()
                .tableName(table.tableName())
                .key(
                        Map.of(
                                table.partitionKey(),
                                AttributeValue.fromS(item.partition()),
                                table.sortKey().orElseThrow(),
                                AttributeValue.fromS(item.sortKey())))
                .updateExpression(set.toString())
                .conditionExpression("attribute_not_exists(#progress) OR #progress < :progress")
                .expressionAttributeNames(names)
                .expressionAttributeValues(values)
                .build();
    }

    private static AttributeValue number(long value) {
        return AttributeValue.fromN(Long.toString(value));
    }

    private static boolean isThrottled(SdkException e) {
        return e instanceof AwsServiceException service
                && (service.isThrottlingException() || service.statusCode() >= 500);
    }

    private static void sleep(Duration pause) {
        try {
            Thread.sleep(
                    pause.toMillis() + ThreadLocalRandom.current().nextLong(pause.toMillis() + 1));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
