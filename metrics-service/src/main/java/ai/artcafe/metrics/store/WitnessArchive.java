package ai.artcafe.metrics.store;

import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.key.Table;
import ai.artcafe.model.key.UsageKeys;
import ai.artcafe.model.usage.Adjustment;
import ai.artcafe.model.usage.Gap;
import ai.artcafe.runtime.store.Item;
import ai.artcafe.runtime.store.ItemRange;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/**
 * What the reconciliation has said and booked, as DynamoDB keeps it. All methods throw the SDK's
 * exceptions when DynamoDB is away.
 */
@ApplicationScoped
public class WitnessArchive {

    private static final String SORT = Table.USAGE_METRICS.sortKey().orElseThrow();

    private final DynamoDbClient dynamoDb;
    private final ObjectMapper json;

    WitnessArchive(DynamoDbClient dynamoDb, ObjectMapper json) {
        this.dynamoDb = dynamoDb;
        this.json = json;
    }

    /** What the witnesses said on each day between, by the day's first instant. */
    public Map<Instant, Reconciled> days(TenantId tenant, Instant from, Instant to) {
        KeyRange keys =
                new KeyRange(
                        UsageKeys.reconciledDay(from),
                        UsageKeys.reconciledDay(to),
                        Optional.empty());
        Map<Instant, Reconciled> days = new HashMap<>();
        items(tenant, keys, Integer.MAX_VALUE)
                .forEach(item -> {
                    String label = item.requiredText(SORT).substring(UsageKeys.RECONCILED.length());
                    Instant day =
                            LocalDate.parse(label, DateTimeFormatter.BASIC_ISO_DATE)
                                    .atStartOfDay(ZoneOffset.UTC)
                                    .toInstant();
                    days.put(day, Reconciled.read(item.numbers()));
                });
        return days;
    }

    /** The first so many adjustments in the range, by their sort keys. */
    public SortedMap<String, Adjustment> adjustments(TenantId tenant, KeyRange keys, int atMost) {
        SortedMap<String, Adjustment> adjustments = new TreeMap<>();
        items(tenant, keys, atMost)
                .forEach(item ->
                        adjustments.put(
                                item.requiredText(SORT), RecordItems.adjustment(item, json)));
        return adjustments;
    }

    /** The first so many gaps in the range, by their sort keys. */
    public SortedMap<String, Gap> gaps(TenantId tenant, KeyRange keys, int atMost) {
        SortedMap<String, Gap> gaps = new TreeMap<>();
        items(tenant, keys, atMost)
                .forEach(item -> gaps.put(item.requiredText(SORT), RecordItems.gap(item, json)));
        return gaps;
    }

    /** DynamoDB's range takes in both ends; what is not asked for is left out here. */
    private Stream<Item> items(TenantId tenant, KeyRange keys, int atMost) {
        QueryRequest.Builder query =
                new ItemRange(
                                Table.USAGE_METRICS,
                                UsageKeys.tenant(tenant),
                                keys.after().orElse(keys.from()),
                                keys.to())
                        .query();
        if (atMost < Integer.MAX_VALUE) {
            query.limit(atMost + 1);
        }
        return ItemRange.items(dynamoDb, query.build())
                .filter(item -> keys.contains(item.requiredText(SORT)))
                .limit(atMost);
    }
}
