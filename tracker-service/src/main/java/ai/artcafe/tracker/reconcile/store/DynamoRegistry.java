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
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/** The gateways' registry, as far as the tracker needs it: who is where, and who may connect. */
@ApplicationScoped
public class DynamoRegistry implements SlotOwners, AgentRegistry {

    private static final String ACTIVE = "active";
    private static final String DISABLED = "disabled";

    private static final Duration REVOCATION_LIFE = Duration.ofHours(1);

    private final DynamoDbClient dynamoDb;
    private final Clock clock;

    @Inject
    public DynamoRegistry(DynamoDbClient dynamoDb, Clock clock) {
        this.dynamoDb = dynamoDb;
        this.clock = clock;
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
            dynamoDb
                    .queryPaginator(query ->
                            query.tableName(table.tableName())
                                    .keyConditionExpression("#pk = :slots")
                                    .expressionAttributeNames(Map.of("#pk", table.partitionKey()))
                                    .expressionAttributeValues(
                                            Map.of(
                                                    ":slots",
                                                    AttributeValue.fromS(TenantKeys.SLOTS)))
                                    .consistentRead(true))
                    .items()
                    .stream()
                    .filter(item -> !isVacant(item))
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

    /** Whether the tenant in it is deleted, and long enough ago that nothing of it comes. */
    private boolean isVacant(Map<String, AttributeValue> slot) {
        AttributeValue until = slot.get(TenantKeys.KEPT_UNTIL);
        return until != null
                && until.n() != null
                && Long.parseLong(until.n()) <= clock.instant().getEpochSecond();
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

    /** With the revocation that has the gateways end what the agent has open. */
    @Override
    public boolean disable(TenantId tenant, AgentId agent, Instant at) {
        String table = Table.AGENTS.tableName();
        try {
            dynamoDb.transactWriteItems(write ->
                    write.transactItems(
                            TransactWriteItem.builder()
                                    .update(update ->
                                            update.tableName(table)
                                                    .key(
                                                            key(
                                                                    AgentKeys.tenant(tenant),
                                                                    AgentKeys.agent(agent)))
                                                    .conditionExpression("#status = :active")
                                                    .updateExpression(
                                                            "SET #status = :disabled, #at = :at"
                                                                    + " ADD #version :one")
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
                                                                    AttributeValue.fromS(
                                                                            Times.format(at)))))
                                    .build(),
                            TransactWriteItem.builder()
                                    .put(put ->
                                            put.tableName(table)
                                                    .item(revocation(tenant, agent, at)))
                                    .build()));
            return true;
        } catch (TransactionCanceledException e) {
            if (e.cancellationReasons().stream()
                    .anyMatch(reason -> "ConditionalCheckFailed".equals(reason.code()))) {
                return false;
            }
            throw new StoreUnavailableException("agents: " + e.getMessage(), e);
        } catch (SdkException e) {
            throw new StoreUnavailableException("agents: " + e.getMessage(), e);
        }
    }

    /** As the gateways' registry writes and reads it. */
    private static Map<String, AttributeValue> revocation(
            TenantId tenant, AgentId agent, Instant at) {
        Map<String, AttributeValue> item =
                new HashMap<>(key(AgentKeys.REVOCATIONS, AgentKeys.revocation(at, agent)));
        item.put(TenantKeys.TENANT_ID, AttributeValue.fromS(tenant.value()));
        item.put("agent_id", AttributeValue.fromS(agent.value()));
        item.put("at", number(at.toEpochMilli()));
        item.put("reason", AttributeValue.fromS(DISABLED));
        item.put("passes", number(0));
        item.put("claimed_until", number(0));
        item.put(Table.TTL, number(at.plus(REVOCATION_LIFE).getEpochSecond()));
        return item;
    }

    private static Map<String, AttributeValue> key(String partition, String sort) {
        return Map.of(
                Table.AGENTS.partitionKey(),
                AttributeValue.fromS(partition),
                Table.AGENTS.sortKey().orElseThrow(),
                AttributeValue.fromS(sort));
    }

    private static AttributeValue number(long value) {
        return AttributeValue.fromN(Long.toString(value));
    }
}
