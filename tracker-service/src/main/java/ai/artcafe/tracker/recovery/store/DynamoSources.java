package ai.artcafe.tracker.recovery.store;

import ai.artcafe.model.key.Table;
import ai.artcafe.model.key.UsageKeys;
import ai.artcafe.model.usage.ReadingSource;
import ai.artcafe.runtime.store.Item;
import ai.artcafe.tracker.recovery.SourceArchive;
import ai.artcafe.tracker.rollup.Times;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** One item for the platform: a map of source keys to epoch milliseconds. */
@ApplicationScoped
public class DynamoSources implements SourceArchive {

    private static final Table TABLE = Table.USAGE_METRICS;
    private static final String SOURCES = "sources";
    private static final String UPDATED_AT = "updated_at";

    private final DynamoDbClient dynamoDb;
    private final DynamoCalls calls;

    @Inject
    public DynamoSources(DynamoDbClient dynamoDb) {
        this.dynamoDb = dynamoDb;
        this.calls = new DynamoCalls(dynamoDb, TABLE);
    }

    @Override
    public Map<ReadingSource, Instant> load() {
        Map<ReadingSource, Instant> through = new HashMap<>();
        DynamoCalls.reading("the sources", () -> calls.get(UsageKeys.PLATFORM, UsageKeys.SOURCES))
                .flatMap(item -> Optional.ofNullable(item.attributes().get(SOURCES)))
                .ifPresent(sources ->
                        sources.m()
                                .forEach((key, at) ->
                                        ReadingSource.parse(key)
                                                .ifPresent(source ->
                                                        through.put(
                                                                source,
                                                                Instant.ofEpochMilli(
                                                                        Long.parseLong(at.n()))))));
        return through;
    }

    @Override
    public void save(Map<String, Instant> through, Instant at) {
        Map<String, AttributeValue> sources = new HashMap<>();
        through.forEach((key, time) ->
                sources.put(key, AttributeValue.fromN(Long.toString(time.toEpochMilli()))));
        Map<String, AttributeValue> item =
                new HashMap<>(Item.key(TABLE, UsageKeys.PLATFORM, UsageKeys.SOURCES));
        item.put(SOURCES, AttributeValue.fromM(sources));
        item.put(UPDATED_AT, AttributeValue.fromS(Times.format(at)));
        DynamoCalls.reading(
                "the sources",
                () -> dynamoDb.putItem(put -> put.tableName(TABLE.tableName()).item(item)));
    }
}
