package ai.artcafe.tracker.anomaly.store;

import ai.artcafe.model.anomaly.Anomaly;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.key.AnomalyFields;
import ai.artcafe.model.key.Table;
import ai.artcafe.model.key.UsageKeys;
import ai.artcafe.runtime.store.Item;
import ai.artcafe.tracker.anomaly.AnomalyStore;
import ai.artcafe.tracker.reconcile.StoreUnavailableException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Anomalies in {@link Table#USAGE_METRICS}. */
@ApplicationScoped
public class DynamoAnomalies implements AnomalyStore {

    private static final Table TABLE = Table.USAGE_METRICS;

    private final DynamoDbClient dynamoDb;

    @Inject
    public DynamoAnomalies(DynamoDbClient dynamoDb) {
        this.dynamoDb = dynamoDb;
    }

    @Override
    public void keep(Anomaly anomaly, Duration life) {
        try {
            dynamoDb.putItem(
                    put -> put.tableName(TABLE.tableName()).item(AnomalyItems.item(anomaly, life)));
        } catch (SdkException e) {
            throw new StoreUnavailableException("anomalies: " + e.getMessage(), e);
        }
    }

    @Override
    public List<Anomaly> open(TenantId tenant, Instant since) {
        try {
            return dynamoDb
                    .queryPaginator(query ->
                            query.tableName(TABLE.tableName())
                                    .keyConditionExpression(
                                            "#pk = :tenant AND #sk BETWEEN :from AND :to")
                                    .filterExpression("attribute_not_exists(#end)")
                                    .expressionAttributeNames(
                                            Map.of(
                                                    "#pk",
                                                    TABLE.partitionKey(),
                                                    "#sk",
                                                    TABLE.sortKey().orElseThrow(),
                                                    "#end",
                                                    AnomalyFields.ENDED_AT))
                                    .expressionAttributeValues(
                                            Map.of(
                                                    ":tenant",
                                                    AttributeValue.fromS(UsageKeys.tenant(tenant)),
                                                    ":from",
                                                    AttributeValue.fromS(
                                                            UsageKeys.anomaly(since, "")),
                                                    ":to",
                                                    AttributeValue.fromS(
                                                            UsageKeys.ANOMALIES + "~")))
                                    .consistentRead(true))
                    .items()
                    .stream()
                    .map(Item::new)
                    .map(AnomalyItems::anomaly)
                    .flatMap(Optional::stream)
                    .toList();
        } catch (SdkException e) {
            throw new StoreUnavailableException("anomalies: " + e.getMessage(), e);
        }
    }
}
