package ai.artcafe.tracker.anomaly.store;

import ai.artcafe.model.anomaly.Anomaly;
import ai.artcafe.model.anomaly.AnomalyType;
import ai.artcafe.model.anomaly.Band;
import ai.artcafe.model.anomaly.Dimension;
import ai.artcafe.model.anomaly.Direction;
import ai.artcafe.model.anomaly.Severity;
import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.key.AnomalyFields;
import ai.artcafe.model.key.Table;
import ai.artcafe.model.key.UsageKeys;
import ai.artcafe.runtime.store.Item;
import ai.artcafe.tracker.rollup.Times;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Anomalies as items of {@link Table#USAGE_METRICS}. */
final class AnomalyItems {

    private AnomalyItems() {}

    static Map<String, AttributeValue> item(Anomaly anomaly, Duration life) {
        Map<String, AttributeValue> item =
                new HashMap<>(
                        Item.key(
                                Table.USAGE_METRICS,
                                UsageKeys.tenant(anomaly.tenantId()),
                                UsageKeys.anomaly(anomaly.startedAt(), anomaly.id())));
        text(item, AnomalyFields.TENANT_ID, anomaly.tenantId().value());
        text(item, AnomalyFields.ID, anomaly.id());
        text(item, AnomalyFields.TYPE, anomaly.type().id());
        text(item, AnomalyFields.DIMENSION, anomaly.dimension().id());
        text(item, AnomalyFields.SEVERITY, anomaly.severity().id());
        text(item, AnomalyFields.STARTED_AT, Times.format(anomaly.startedAt()));
        anomaly.endedAt().ifPresent(end -> text(item, AnomalyFields.ENDED_AT, Times.format(end)));
        anomaly.direction()
                .ifPresent(direction -> text(item, AnomalyFields.DIRECTION, direction.id()));
        item.put(AnomalyFields.OBSERVED, number(anomaly.observed()));
        item.put(
                AnomalyFields.EXPECTED,
                AttributeValue.fromM(
                        Map.of(
                                AnomalyFields.LOW, number(anomaly.expected().low()),
                                AnomalyFields.HIGH, number(anomaly.expected().high()))));
        anomaly.clientId().ifPresent(agent -> text(item, AnomalyFields.CLIENT_ID, agent.value()));
        anomaly.subject().ifPresent(subject -> text(item, AnomalyFields.SUBJECT, subject));
        text(item, AnomalyFields.EXPLANATION, anomaly.explanation());
        long expiry = anomaly.endedAt().orElse(anomaly.startedAt()).plus(life).getEpochSecond();
        item.put(Table.TTL, AttributeValue.fromN(Long.toString(expiry)));
        return item;
    }

    /** Empty when it is of a kind that this version does not know. */
    static Optional<Anomaly> anomaly(Item item) {
        Optional<AnomalyType> type = item.text(AnomalyFields.TYPE).flatMap(AnomalyType::parse);
        Optional<Dimension> dimension =
                item.text(AnomalyFields.DIMENSION).flatMap(Dimension::parse);
        Optional<Severity> severity = item.text(AnomalyFields.SEVERITY).flatMap(Severity::parse);
        if (type.isEmpty() || dimension.isEmpty() || severity.isEmpty()) {
            return Optional.empty();
        }
        Map<String, AttributeValue> expected =
                Optional.ofNullable(item.attributes().get(AnomalyFields.EXPECTED))
                        .map(AttributeValue::m)
                        .orElse(Map.of());
        return Optional.of(
                new Anomaly(
                        new TenantId(item.requiredText(AnomalyFields.TENANT_ID)),
                        item.requiredText(AnomalyFields.ID),
                        type.get(),
                        dimension.get(),
                        severity.get(),
                        item.time(AnomalyFields.STARTED_AT).orElseThrow(),
                        item.time(AnomalyFields.ENDED_AT),
                        item.text(AnomalyFields.DIRECTION).flatMap(Direction::parse),
                        number(item.attributes().get(AnomalyFields.OBSERVED)),
                        new Band(
                                number(expected.get(AnomalyFields.LOW)),
                                number(expected.get(AnomalyFields.HIGH))),
                        item.text(AnomalyFields.CLIENT_ID).flatMap(AgentId::parse),
                        item.text(AnomalyFields.SUBJECT),
                        item.text(AnomalyFields.EXPLANATION).orElse("")));
    }

    private static void text(Map<String, AttributeValue> item, String name, String value) {
        item.put(name, AttributeValue.fromS(value));
    }

    /** To six digits after the point: DynamoDB takes no exponents like those of tiny doubles. */
    private static AttributeValue number(double value) {
        return AttributeValue.fromN(
                BigDecimal.valueOf(value)
                        .setScale(6, RoundingMode.HALF_UP)
                        .stripTrailingZeros()
                        .toPlainString());
    }

    private static double number(@Nullable AttributeValue value) {
        return value == null ? 0 : Double.parseDouble(value.n());
    }
}
