package ai.artcafe.tracker.status.store;

import ai.artcafe.model.flow.FlowSpan;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.key.Table;
import ai.artcafe.model.key.UsageFields;
import ai.artcafe.model.key.UsageKeys;
import ai.artcafe.runtime.status.AgentRequests;
import ai.artcafe.runtime.status.ServiceActivity;
import ai.artcafe.runtime.status.SpanSummary;
import ai.artcafe.runtime.status.StatusJson;
import ai.artcafe.runtime.store.Item;
import ai.artcafe.tracker.rollup.Times;
import ai.artcafe.tracker.status.StatusRollupConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/**
 * Hours and days of the platform's status in {@link Table#USAGE_METRICS}. A write is of all that is
 * known, and never replaces one that knew more. Throws the SDK's exceptions when DynamoDB is away.
 */
@ApplicationScoped
public class DynamoStatus {

    /** DynamoDB takes 400 KB. */
    private static final int MAX_CHARACTERS = 350_000;

    private static final String TABLE = Table.USAGE_METRICS.tableName();
    private static final String SORT = Table.USAGE_METRICS.sortKey().orElseThrow();

    private final DynamoDbClient dynamoDb;
    private final StatusRollupConfig config;
    private final Clock clock;

    public DynamoStatus(DynamoDbClient dynamoDb, StatusRollupConfig config, Clock clock) {
        this.dynamoDb = dynamoDb;
        this.config = config;
        this.clock = clock;
    }

    /** Writes what each service did in a span, and the numbers of all. */
    public void write(
            FlowSpan span, Instant at, Map<String, ServiceActivity> services, SpanSummary sum) {
        services.forEach((service, activity) ->
                write(
                        UsageKeys.PLATFORM,
                        UsageKeys.statusDetail(span, at, service),
                        bounded(activity),
                        activity.progress(),
                        span.end(at).plus(life(span))));
        long progress = services.values().stream().mapToLong(ServiceActivity::progress).sum();
        write(
                UsageKeys.PLATFORM,
                UsageKeys.status(span, at),
                StatusJson.text(sum),
                progress,
                span.end(at).plus(life(span)));
    }

    /** Writes the requests of a tenant's agents in a span: of those with the most. */
    public void write(FlowSpan span, Instant at, TenantId tenant, List<AgentRequests> requests) {
        List<AgentRequests> most =
                requests.stream()
                        .sorted(
                                Comparator.comparingLong(
                                                (AgentRequests each) -> each.activity().requests())
                                        .reversed())
                        .toList();
        String text = StatusJson.text(most);
        while (text.length() > MAX_CHARACTERS) {
            most = most.subList(0, most.size() / 2);
            text = StatusJson.text(most);
        }
        write(
                UsageKeys.tenant(tenant),
                UsageKeys.requests(span, at),
                text,
                requests.stream().mapToLong(each -> each.activity().requests()).sum(),
                span.end(at).plus(life(span)));
    }

    /** What each service did in each hour of a day. */
    public List<Map<String, ServiceActivity>> hoursOfDay(Instant day) {
        return query(
                        UsageKeys.PLATFORM,
                        UsageKeys.statusDetails(FlowSpan.HOUR) + FlowSpan.DAY.label(day))
                .map(item -> {
                    String sort = item.requiredText(SORT);
                    return Map.of(
                            sort.substring(sort.lastIndexOf('#') + 1),
                            StatusJson.activity(item.requiredText(UsageKeys.STATUS_JSON)));
                })
                .toList();
    }

    /** The first minute of a day that any service told of. */
    public Instant firstMinuteOfDay(Instant day) {
        return query(
                        UsageKeys.PLATFORM,
                        UsageKeys.statuses(FlowSpan.HOUR) + FlowSpan.DAY.label(day))
                .map(item -> StatusJson.summary(item.requiredText(UsageKeys.STATUS_JSON)))
                .map(SpanSummary::firstMinute)
                .min(Comparator.naturalOrder())
                .orElseThrow(() -> new IllegalStateException("no hour of " + day));
    }

    /** The requests of a tenant's agents in the hours of a day. */
    public List<AgentRequests> requestsOfDay(TenantId tenant, Instant day) {
        return query(
                        UsageKeys.tenant(tenant),
                        UsageKeys.requests(FlowSpan.HOUR) + FlowSpan.DAY.label(day))
                .flatMap(item ->
                        StatusJson.requests(item.requiredText(UsageKeys.STATUS_JSON)).stream())
                .toList();
    }

    private Duration life(FlowSpan span) {
        return switch (span) {
            case MINUTE, HOUR -> config.hourLife();
            case DAY -> config.dayLife();
        };
    }

    private static String bounded(ServiceActivity activity) {
        int most = activity.endpoints().size();
        String text = StatusJson.text(activity);
        while (text.length() > MAX_CHARACTERS) {
            most /= 2;
            text = StatusJson.text(activity.folded(most));
        }
        return text;
    }

    private Stream<Item> query(String partition, String prefix) {
        return dynamoDb
                .queryPaginator(query ->
                        query.tableName(TABLE)
                                .keyConditionExpression("pk = :pk AND begins_with(sk, :prefix)")
                                .expressionAttributeValues(
                                        Map.of(
                                                ":pk", AttributeValue.fromS(partition),
                                                ":prefix", AttributeValue.fromS(prefix)))
                                .consistentRead(true))
                .items()
                .stream()
                .map(Item::new);
    }

    private void write(String partition, String sort, String json, long progress, Instant expires) {
        Map<String, AttributeValue> item =
                new HashMap<>(Item.key(Table.USAGE_METRICS, partition, sort));
        item.put(UsageKeys.STATUS_JSON, AttributeValue.fromS(json));
        item.put(UsageFields.PROGRESS, number(progress));
        item.put("updated_at", AttributeValue.fromS(Times.format(clock.instant())));
        item.put(Table.TTL, number(expires.getEpochSecond()));
        try {
            dynamoDb.putItem(put ->
                    put.tableName(TABLE)
                            .item(item)
                            .conditionExpression(
                                    "attribute_not_exists(#progress) OR #progress < :progress")
                            .expressionAttributeNames(Map.of("#progress", UsageFields.PROGRESS))
                            .expressionAttributeValues(Map.of(":progress", number(progress))));
        } catch (ConditionalCheckFailedException _) {
            // what is there knew as much, or more
        }
    }

    private static AttributeValue number(long value) {
        return AttributeValue.fromN(Long.toString(value));
    }
}
