package ai.artcafe.tracker.reconcile.store;

import ai.artcafe.model.key.Table;
import ai.artcafe.model.key.UsageKeys;
import ai.artcafe.tracker.reconcile.Finding;
import ai.artcafe.tracker.reconcile.Findings;
import ai.artcafe.tracker.reconcile.ReconcileConfig;
import ai.artcafe.tracker.reconcile.StoreUnavailableException;
import ai.artcafe.tracker.rollup.Times;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Findings among the anomalies in {@link Table#USAGE_METRICS}. */
@ApplicationScoped
public class DynamoFindings implements Findings {

    private final DynamoDbClient dynamoDb;
    private final ReconcileConfig config;

    @Inject
    public DynamoFindings(DynamoDbClient dynamoDb, ReconcileConfig config) {
        this.dynamoDb = dynamoDb;
        this.config = config;
    }

    @Override
    public void keep(Finding finding) {
        Table table = Table.USAGE_METRICS;
        Map<String, AttributeValue> item = new HashMap<>();
        text(item, table.partitionKey(), UsageKeys.tenant(finding.tenant()));
        text(
                item,
                table.sortKey().orElseThrow(),
                UsageKeys.anomaly(finding.startedAt(), finding.id()));
        text(item, "tenant_id", finding.tenant().value());
        text(item, "id", finding.id());
        text(item, "type", finding.type().id());
        text(item, "severity", finding.severity().id());
        text(item, "started_at", Times.format(finding.startedAt()));
        text(item, "ended_at", Times.format(finding.endedAt()));
        item.put("observed", number(finding.observed()));
        item.put(
                "expected",
                AttributeValue.fromM(
                        Map.of("low", number(finding.low()), "high", number(finding.high()))));
        finding.agent().ifPresent(agent -> text(item, "client_id", agent.value()));
        text(item, "explanation", finding.explanation());
        item.put(Table.TTL, number(finding.endedAt().plus(config.findingLife()).getEpochSecond()));
        try {
            dynamoDb.putItem(put -> put.tableName(table.tableName()).item(item));
        } catch (SdkException e) {
            throw new StoreUnavailableException("findings: " + e.getMessage(), e);
        }
    }

    private static void text(Map<String, AttributeValue> item, String name, String value) {
        item.put(name, AttributeValue.fromS(value));
    }

    private static AttributeValue number(long value) {
        return AttributeValue.fromN(Long.toString(value));
    }
}
