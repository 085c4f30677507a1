package ai.artcafe.metrics.store;

import ai.artcafe.model.flow.FlowPoint;
import ai.artcafe.model.flow.FlowSketches;
import ai.artcafe.model.flow.FlowSpan;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.key.FlowFields;
import ai.artcafe.model.key.Table;
import ai.artcafe.model.key.UsageFields;
import ai.artcafe.model.key.UsageKeys;
import ai.artcafe.runtime.store.Item;
import ai.artcafe.runtime.store.ItemRange;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A tenant's flow as it is rolled up in DynamoDB; what has expired is not there. All methods throw
 * the SDK's exceptions when DynamoDB is away.
 */
@ApplicationScoped
public class FlowItems {

    private static final Table TABLE = Table.USAGE_METRICS;
    private static final String SORT = TABLE.sortKey().orElseThrow();

    private final DynamoDbClient dynamoDb;
    private final BatchReads reads;
    private final Clock clock;

    FlowItems(DynamoDbClient dynamoDb, BatchReads reads, Clock clock) {
        this.dynamoDb = dynamoDb;
        this.reads = reads;
        this.clock = clock;
    }

    /**
     * @param start the span's first instant
     */
    public record Key(FlowSpan span, Instant start) {

        String sort() {
            return UsageKeys.flowSketches(span, start);
        }
    }

    /**
     * The numbers of a span.
     *
     * @param progress grows whenever anything is added to the span: of two states with the same
     *     progress neither is newer
     */
    public record Rolled(FlowPoint point, long progress) {}

    /** The numbers of those spans that begin in [from, to) and are there, by their beginning. */
    public NavigableMap<Instant, Rolled> rolled(
            TenantId tenant, FlowSpan span, Instant from, Instant to) {
        NavigableMap<Instant, Rolled> spans = new TreeMap<>();
        if (!from.isBefore(to)) {
            return spans;
        }
        Instant now = clock.instant();
        int label =
                UsageKeys.flow(span, Instant.EPOCH).length() - span.label(Instant.EPOCH).length();
        ItemRange range =
                new ItemRange(
                        TABLE,
                        UsageKeys.tenant(tenant),
                        UsageKeys.flow(span, from),
                        UsageKeys.flow(span, to.minusNanos(1)));
        ItemRange.items(dynamoDb, range.query().consistentRead(true).build())
                .filter(item -> !item.isExpired(now))
                .forEach(item ->
                        span.parse(item.requiredText(SORT).substring(label))
                                .ifPresent(start -> spans.put(start, rolled(start, item))));
        return spans;
    }

    private static Rolled rolled(Instant start, Item item) {
        return new Rolled(
                FlowFields.read(start, item.numbers()), item.number(UsageFields.PROGRESS));
    }

    /** The sketches of those of the spans that are there. */
    public Map<Key, FlowSketches> sketches(TenantId tenant, Collection<Key> keys) {
        Instant now = clock.instant();
        Map<String, Key> bySort =
                keys.stream().distinct().collect(Collectors.toMap(Key::sort, Function.identity()));
        List<Map<String, AttributeValue>> wanted =
                bySort.keySet().stream()
                        .map(sort -> Item.key(TABLE, UsageKeys.tenant(tenant), sort))
                        .toList();
        Map<Key, FlowSketches> sketches = new HashMap<>();
        reads.each(
                TABLE,
                wanted,
                item -> {
                    Key key = bySort.get(item.requiredText(SORT));
                    AttributeValue bytes = item.attributes().get(FlowFields.SKETCHES);
                    if (key != null && bytes != null && bytes.b() != null && !item.isExpired(now)) {
                        sketches.put(key, FlowSketches.of(bytes.b().asByteArray()));
                    }
                });
        return sketches;
    }
}
