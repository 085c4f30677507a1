package ai.artcafe.metrics.store;

import ai.artcafe.model.key.Table;
import ai.artcafe.model.key.UsageKeys;
import ai.artcafe.model.usage.Period;
import ai.artcafe.runtime.store.ItemRange;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collections;
import java.util.Locale;
import java.util.NavigableMap;
import java.util.TreeMap;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Many hourly or daily rollups of one owner in DynamoDB, in one go. */
@ApplicationScoped
public class RollupRanges {

    private static final String SORT = Table.USAGE_METRICS.sortKey().orElseThrow();
    private static final DateTimeFormatter HOUR =
            DateTimeFormatter.ofPattern("yyyyMMddHH", Locale.ROOT);

    private final DynamoDbClient dynamoDb;

    RollupRanges(DynamoDbClient dynamoDb) {
        this.dynamoDb = dynamoDb;
    }

    /**
     * What is booked in each of the periods that begin in [from, to), by their beginning; those
     * without a rollup, or with one that another tenant left under the agent's id, are not in it.
     * Throws the SDK's exceptions when DynamoDB is away.
     *
     * @param period hours or days
     */
    public NavigableMap<Instant, Booked> read(
            UsageOwner owner, Period period, Instant from, Instant to) {
        if (!from.isBefore(to)) {
            return Collections.emptyNavigableMap();
        }
        NavigableMap<Instant, Booked> booked = new TreeMap<>();
        int label = UsageKeys.rollup(period, from).lastIndexOf('#') + 1;
        ItemRange range =
                new ItemRange(
                        Table.USAGE_METRICS,
                        owner.partition(),
                        UsageKeys.rollup(period, from),
                        UsageKeys.rollup(period, to.minusNanos(1)));
        ItemRange.items(dynamoDb, range.query().consistentRead(true).build())
                .filter(item -> Rollups.belongsTo(owner, item))
                .forEach(item ->
                        booked.put(
                                start(period, item.requiredText(SORT).substring(label)),
                                Booked.read(item.numbers())));
        return booked;
    }

    private static Instant start(Period period, String label) {
        String hour =
                switch (period) {
                    case HOURLY -> label;
                    case DAILY -> label + "00";
                    case MONTHLY -> throw new IllegalArgumentException("months are not read so");
                };
        return LocalDateTime.parse(hour, HOUR).toInstant(ZoneOffset.UTC);
    }
}
