package ai.artcafe.metrics.store;

import ai.artcafe.model.flow.FlowSpan;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.key.Table;
import ai.artcafe.model.key.UsageKeys;
import ai.artcafe.runtime.status.AgentRequests;
import ai.artcafe.runtime.status.ServiceActivity;
import ai.artcafe.runtime.status.SpanSummary;
import ai.artcafe.runtime.status.StatusJson;
import ai.artcafe.runtime.store.Item;
import ai.artcafe.runtime.store.ItemRange;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * The platform's status by the hour and the day in DynamoDB. Throws the SDK's exceptions when
 * DynamoDB is away.
 */
@ApplicationScoped
public class StatusArchive {

    private static final String SORT = Table.USAGE_METRICS.sortKey().orElseThrow();

    private final DynamoDbClient dynamoDb;

    StatusArchive(DynamoDbClient dynamoDb) {
        this.dynamoDb = dynamoDb;
    }

    /** The hours or days that begin in a time, both ends included, by their labels. */
    public SortedMap<String, SpanSummary> summaries(FlowSpan span, Instant from, Instant to) {
        String prefix = UsageKeys.statuses(span);
        SortedMap<String, SpanSummary> summaries = new TreeMap<>();
        between(
                        UsageKeys.PLATFORM,
                        UsageKeys.status(span, from),
                        UsageKeys.status(span, to),
                        Integer.MAX_VALUE)
                .forEach(item ->
                        summaries.put(
                                item.requiredText(SORT).substring(prefix.length()),
                                StatusJson.summary(json(item))));
        return summaries;
    }

    /** The first minute that anything is known of. */
    public Optional<Instant> firstMinute() {
        String prefix = UsageKeys.statuses(FlowSpan.DAY);
        return between(UsageKeys.PLATFORM, prefix, prefix + "~", 1)
                .findFirst()
                .map(item -> StatusJson.summary(json(item)).firstMinute());
    }

    /** What each service did in the hours that begin in a time, both ends included. */
    public Collection<Map<String, ServiceActivity>> hours(Instant from, Instant to) {
        return between(
                        UsageKeys.PLATFORM,
                        UsageKeys.statusDetail(FlowSpan.HOUR, from, ""),
                        UsageKeys.statusDetail(FlowSpan.HOUR, to, "~"),
                        Integer.MAX_VALUE)
                .map(item -> {
                    String sort = item.requiredText(SORT);
                    return Map.of(
                            sort.substring(sort.lastIndexOf('#') + 1),
                            StatusJson.activity(json(item)));
                })
                .toList();
    }

    /** The requests of a tenant's agents in the hours that begin in a time, both ends included. */
    public List<AgentRequests> requests(TenantId tenant, Instant from, Instant to) {
        return between(
                        UsageKeys.tenant(tenant),
                        UsageKeys.requests(FlowSpan.HOUR, from),
                        UsageKeys.requests(FlowSpan.HOUR, to),
                        Integer.MAX_VALUE)
                .flatMap(item -> StatusJson.requests(json(item)).stream())
                .toList();
    }

    private static String json(Item item) {
        return item.requiredText(UsageKeys.STATUS_JSON);
    }

    private Stream<Item> between(String partition, String from, String to, int most) {
        ItemRange range = new ItemRange(Table.USAGE_METRICS, partition, from, to);
        return ItemRange.items(dynamoDb, range.query().limit(Math.min(most, 1000)).build())
                .limit(most);
    }
}
