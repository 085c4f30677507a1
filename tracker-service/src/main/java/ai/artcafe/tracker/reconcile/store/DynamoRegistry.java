package ai.artcafe.tracker.reconcile.store;

import ai.artcafe.model.flow.TapMode;
import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.Slot;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.key.AgentKeys;
import ai.artcafe.model.key.Table;
import ai.artcafe.model.key.TenantKeys;
import ai.artcafe.tracker.reconcile.AgentRegistry;
import ai.artcafe.tracker.reconcile.SlotOwners;
import ai.artcafe.tracker.reconcile.StoreUnavailableException;
import ai.artcafe.tracker.reconcile.Tenancy;
import ai.artcafe.tracker.rollup.Times;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/** The gateways' registry, as far as the tracker needs it: who is where, and who may connect. */
@ApplicationScoped
public class DynamoRegistry implements SlotOwners, AgentRegistry {

    private static final String ACTIVE = "active";
    private static final String DISABLED = "disabled";

    private final DynamoDbClient dynamoDb;

    @Inject
    public DynamoRegistry(DynamoDbClient dynamoDb) {
        this.dynamoDb = dynamoDb;
    }

    @Override
    public Map<Slot, TenantId> owners() {
        Map<Slot, TenantId> owners = new HashMap<>();
        tenancies().forEach((slot, tenancy) -> owners.put(slot, tenancy.tenant()));
        return owners;
    }

    @Override
    public Map<Slot, Tenancy> tenancies() {
        Table table = Table.TENANTS;
        Map<Slot, Tenancy> tenancies = new HashMap<>();
        try {
            dynamoDb.queryPaginator(query ->
                            query.tableName(table.tableName())
                                    .keyConditionExpression("#pk = :slots")
                                    .expressionAttributeNames(Map.of("#pk", table.partitionKey()))
                                    .expressionAttributeValues(
                                            Map.of(
                                                    ":slots",
                                                    AttributeValue.fromS(TenantKeys.SLOTS)))
                                    .consistentRead(true))
                    .items()
                    .forEach(item ->
                            text(item, table.sortKey().orElseThrow())
                                    .flatMap(Slot::parse)
                                    .ifPresent(slot ->
                                            text(item, TenantKeys.TENANT_ID)
                                                    .flatMap(TenantId::parse)
                                                    .ifPresent(owner ->
                                                            tenancies.put(
                                                                    slot,
                                                                    new Tenancy(
                                                                            owner, tap(item))))));
        } catch (SdkException e) {
            throw new StoreUnavailableException("tenants: " + e.getMessage(), e);
        }
        return tenancies;
    }

    private static TapMode tap(Map<String, AttributeValue> item) {
        AttributeValue sample = item.get(TenantKeys.TAP_SAMPLE);
        return TapMode.of(
                text(item, TenantKeys.TAP_MODE).orElse(""),
                sample == null || sample.n() == null ? 0 : Long.parseLong(sample.n()));
    }

    private static Optional<String> text(Map<String, AttributeValue> item, String name) {
        return Optional.ofNullable(item.get(name)).map(AttributeValue::s);
    }

    @Override
    public boolean disable(TenantId tenant, AgentId agent, Instant at) {
        Table table = Table.AGENTS;
        try {
            dynamoDb.updateItem(update ->
                    update.tableName(table.tableName())
                            .key(
                                    Map.of(
                                            table.partitionKey(),
                                            AttributeValue.fromS(AgentKeys.tenant(tenant)),
                                            table.sortKey().orElseThrow(),
                                            AttributeValue.fromS(AgentKeys.agent(agent))))
                            .conditionExpression("#status = :active")
                            .updateExpression(
                                    "SET #status = :disabled, #at = :at ADD #version :one")
                            .expressionAttributeNames(
                                    Map.of(
                                            "#status",
                                            "status",
                                            "#at",
                                            "updated_at",
                                            "#version",
                                            AgentKeys.VERSION))
                            .expressionAttributeValues(
                                    Map.of(
                                            ":active",
                                            AttributeValue.fromS(ACTIVE),
                                            ":disabled",
                                            AttributeValue.fromS(DISABLED),
                                            ":one",
                                            AttributeValue.fromN("1"),
                                            ":at",
                                            AttributeValue.fromS(Times.format(at)))));
            return true;
        } catch (ConditionalCheckFailedException _) {
            return false;
        } catch (SdkException e) {
            throw new StoreUnavailableException("agents: " + e.getMessage(), e);
        }
    }
}
