package ai.artcafe.metrics.store;

import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.key.AnomalyFields;
import ai.artcafe.model.key.Table;
import ai.artcafe.model.key.UsageKeys;
import ai.artcafe.runtime.store.Item;
import ai.artcafe.runtime.store.ItemRange;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Anomalies as DynamoDB keeps them. Throws the SDK's exceptions when DynamoDB is away. */
@ApplicationScoped
public class AnomalyArchive {

    private static final String SORT = Table.USAGE_METRICS.sortKey().orElseThrow();

    private final DynamoDbClient dynamoDb;
    private final Clock clock;

    AnomalyArchive(DynamoDbClient dynamoDb, Clock clock) {
        this.dynamoDb = dynamoDb;
        this.clock = clock;
    }

    /**
     * An anomaly as it was kept.
     *
     * @param key its sort key
     * @param endedAt empty while it lasts
     */
    public record Kept(
            String key,
            String id,
            String type,
            Optional<String> dimension,
            String severity,
            Instant startedAt,
            Optional<Instant> endedAt,
            Optional<String> direction,
            double observed,
            double low,
            double high,
            Optional<String> clientId,
            Optional<String> subject,
            String explanation) {}

    /** Those with keys in the range, the latest first, so many at most. */
    public List<Kept> latest(TenantId tenant, KeyRange keys, int atMost) {
        Instant now = clock.instant();
        ItemRange range =
                new ItemRange(
                        Table.USAGE_METRICS, UsageKeys.tenant(tenant), keys.from(), keys.to());
        return ItemRange.items(
                        dynamoDb, range.query().scanIndexForward(false).limit(atMost + 1).build())
                .filter(item -> keys.contains(item.requiredText(SORT)))
                .filter(item -> !item.isExpired(now))
                .limit(atMost)
                .map(AnomalyArchive::kept)
                .toList();
    }

    private static Kept kept(Item item) {
        Map<String, AttributeValue> expected =
                Optional.ofNullable(item.attributes().get(AnomalyFields.EXPECTED))
                        .map(AttributeValue::m)
                        .orElse(Map.of());
        return new Kept(
                item.requiredText(SORT),
                item.requiredText(AnomalyFields.ID),
                item.requiredText(AnomalyFields.TYPE),
                item.text(AnomalyFields.DIMENSION),
                item.requiredText(AnomalyFields.SEVERITY),
                item.time(AnomalyFields.STARTED_AT).orElseThrow(),
                item.time(AnomalyFields.ENDED_AT),
                item.text(AnomalyFields.DIRECTION),
                number(item.attributes(), AnomalyFields.OBSERVED),
                number(expected, AnomalyFields.LOW),
                number(expected, AnomalyFields.HIGH),
                item.text(AnomalyFields.CLIENT_ID),
                item.text(AnomalyFields.SUBJECT),
                item.text(AnomalyFields.EXPLANATION).orElse(""));
    }

    private static double number(Map<String, AttributeValue> attributes, String name) {
        return Optional.ofNullable(attributes.get(name))
                .map(AttributeValue::n)
                .map(Double::parseDouble)
                .orElse(0.0);
    }
}
