package ai.artcafe.gateway.tenant.registry;

import ai.artcafe.gateway.agent.registry.Revocations;
import ai.artcafe.gateway.registry.ItemUpdate;
import ai.artcafe.gateway.registry.Transactions;
import ai.artcafe.gateway.revision.EntityTags;
import ai.artcafe.gateway.revision.Revised;
import ai.artcafe.gateway.tenant.TenantConfig;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.key.Table;
import ai.artcafe.model.key.TenantKeys;
import ai.artcafe.model.problem.ErrorCode;
import ai.artcafe.runtime.store.Item;
import ai.artcafe.runtime.store.TenantRecord;
import ai.artcafe.runtime.store.Tenants;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/**
 * Deletes tenants: from one moment on there is no such tenant. Its record and what it used stay,
 * its slot rests. Blocks.
 */
@ApplicationScoped
public class TenantDeletion {

    private static final String TABLE = Table.TENANTS.tableName();

    /** How long usage is kept, and a month. */
    private static final Duration REMEMBERED = Duration.ofDays(430);

    private static final int ATTEMPTS = 5;

    private final TenantRegistry registry;
    private final DynamoDbClient dynamoDb;
    private final Tenants tenants;
    private final TenantConfig config;

    TenantDeletion(
            TenantRegistry registry,
            DynamoDbClient dynamoDb,
            Tenants tenants,
            TenantConfig config) {
        this.registry = registry;
        this.dynamoDb = dynamoDb;
        this.tenants = tenants;
        this.config = config;
    }

    /**
     * The tenant as it was; empty when there is no such tenant.
     *
     * @param expected in which state it must be
     * @throws ai.artcafe.model.problem.ProblemException {@code precondition_failed}
     */
    public Optional<TenantRecord> delete(TenantId id, EntityTags expected, Instant now) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Optional<Revised<TenantRecord>> found = registry.find(id);
            if (found.isEmpty()) {
                return Optional.empty();
            }
            expected.require(found.get().revision());
            boolean isWritten = Transactions.write(dynamoDb, writes(found.get(), now)).isEmpty();
            tenants.forget(id);
            if (isWritten) {
                return Optional.of(found.get().value());
            }
        }
        throw ErrorCode.UNAVAILABLE.because("the tenant is being changed by others, try again");
    }

    private List<TransactWriteItem> writes(Revised<TenantRecord> found, Instant now) {
        TenantRecord tenant = found.value();
        TenantId id = tenant.tenantId();
        Map<String, AttributeValue> before = tenant.toItem();
        Map<String, AttributeValue> after = new HashMap<>(before);
        after.put(TenantKeys.DELETED_AT, AttributeValue.fromS(now.toString()));
        Map<String, AttributeValue> deleted = mark(TenantKeys.DELETED, id, now);
        deleted.put(Table.TTL, seconds(now.plus(REMEMBERED)));
        Map<String, AttributeValue> clearing = mark(TenantKeys.CLEARING, id, now);
        clearing.put(TenantKeys.CLAIMED_UNTIL, seconds(Instant.EPOCH));
        return List.of(
                ItemUpdate.write(
                        Table.TENANTS,
                        TenantRegistry.recordKey(id),
                        found.revision(),
                        before,
                        after,
                        now),
                rest(tenant, now),
                put(deleted),
                put(clearing),
                Revocations.write(id, now));
    }

    private TransactWriteItem rest(TenantRecord tenant, Instant now) {
        SlotPool.Rest rest = SlotPool.Rest.from(now, config.slotRest());
        return TransactWriteItem.builder()
                .update(update ->
                        update.tableName(TABLE)
                                .key(
                                        Item.key(
                                                Table.TENANTS,
                                                TenantKeys.SLOTS,
                                                TenantKeys.slot(tenant.slot())))
                                .conditionExpression(TenantKeys.TENANT_ID + " = :tenant")
                                .updateExpression(
                                        "SET "
                                                + TenantKeys.KEPT_UNTIL
                                                + " = :kept, "
                                                + TenantKeys.FREE_FROM
                                                + " = :free")
                                .expressionAttributeValues(
                                        Map.of(
                                                ":tenant",
                                                AttributeValue.fromS(tenant.tenantId().value()),
                                                ":kept",
                                                seconds(rest.keptUntil()),
                                                ":free",
                                                seconds(rest.freeFrom()))))
                .build();
    }

    private static Map<String, AttributeValue> mark(String partition, TenantId id, Instant now) {
        Map<String, AttributeValue> item =
                new HashMap<>(Item.key(Table.TENANTS, partition, id.value()));
        item.put(TenantKeys.TENANT_ID, AttributeValue.fromS(id.value()));
        item.put(TenantKeys.DELETED_AT, AttributeValue.fromS(now.toString()));
        return item;
    }

    private static TransactWriteItem put(Map<String, AttributeValue> item) {
        return TransactWriteItem.builder().put(put -> put.tableName(TABLE).item(item)).build();
    }

    private static AttributeValue seconds(Instant at) {
        return AttributeValue.fromN(Long.toString(at.getEpochSecond()));
    }
}
