package ai.artcafe.metrics.store;

import ai.artcafe.model.key.Table;
import ai.artcafe.model.key.UsageKeys;
import ai.artcafe.model.plan.Tier;
import ai.artcafe.runtime.store.Item;
import ai.artcafe.runtime.store.ItemRange;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** When the platform's taps listened, as the trackers keep it; at most some seconds old. */
@ApplicationScoped
public class TapHistory {

    private static final Duration FRESH = Duration.ofSeconds(5);
    private static final int OUTAGES_AT_MOST = 10_000;
    private static final Table TABLE = Table.USAGE_METRICS;

    private final DynamoDbClient dynamoDb;
    private final Clock clock;
    private final LoadingCache<String, TapTimes> times =
            Caffeine.newBuilder()
                    .expireAfterWrite(FRESH)
                    .executor(Runnable::run)
                    .build(_ -> read());

    TapHistory(DynamoDbClient dynamoDb, Clock clock) {
        this.dynamoDb = dynamoDb;
        this.clock = clock;
    }

    /** Throws the SDK's exceptions when DynamoDB is away. */
    public TapTimes times() {
        return times.get(UsageKeys.TAPPED);
    }

    /** The same, or that nothing is known while DynamoDB is away. */
    public TapTimes timesIfKnown() {
        try {
            return times();
        } catch (SdkException _) {
            return TapTimes.UNKNOWN;
        }
    }

    private TapTimes read() {
        var answer =
                dynamoDb.getItem(get ->
                        get.tableName(TABLE.tableName())
                                .key(Item.key(TABLE, UsageKeys.PLATFORM, UsageKeys.TAPPED)));
        return new TapTimes(
                answer.hasItem()
                        ? span(new Item(answer.item()), "since", "through")
                        : Optional.empty(),
                outages());
    }

    private List<TapTimes.Span> outages() {
        Instant kept = clock.instant().minus(Tier.ENTERPRISE.detailRetention());
        return new ItemRange(
                        TABLE,
                        UsageKeys.PLATFORM,
                        UsageKeys.untapped(kept),
                        UsageKeys.UNTAPPED + "~")
                .in(dynamoDb)
                .limit(OUTAGES_AT_MOST)
                .flatMap(item -> span(item, "from", "to").stream())
                .toList();
    }

    private static Optional<TapTimes.Span> span(Item item, String from, String to) {
        return item.time(from)
                .flatMap(begin -> item.time(to).map(end -> new TapTimes.Span(begin, end)));
    }
}
