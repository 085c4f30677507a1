package ai.artcafe.gateway.tenant.registry;

import ai.artcafe.gateway.registry.ItemUpdate;
import ai.artcafe.gateway.registry.Transactions;
import ai.artcafe.gateway.revision.EntityTags;
import ai.artcafe.gateway.revision.Revised;
import ai.artcafe.model.flow.TapMode;
import ai.artcafe.model.identity.Slot;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.key.Table;
import ai.artcafe.model.key.TenantKeys;
import ai.artcafe.model.plan.Plan;
import ai.artcafe.model.problem.ErrorCode;
import ai.artcafe.nats.NatsConfig;
import ai.artcafe.runtime.page.Cursor;
import ai.artcafe.runtime.page.Page;
import ai.artcafe.runtime.page.PageRequest;
import ai.artcafe.runtime.store.Item;
import ai.artcafe.runtime.store.TenantRecord;
import ai.artcafe.runtime.store.Tenants;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/**
 * Creates tenants, each in a slot that no other has, whoever else creates tenants at the same time.
 * Every method blocks.
 */
@ApplicationScoped
public class TenantRegistry {

    /** Names the list of all tenants in cursors. */
    public static final String SCOPE = "tenants";

    private static final String TABLE = Table.TENANTS.tableName();
    private static final String IS_NEW = "attribute_not_exists(pk)";
    private static final int ATTEMPTS = 20;

    private final DynamoDbClient dynamoDb;
    private final Tenants tenants;
    private final int slots;
    private final SlotPool pool;

    TenantRegistry(DynamoDbClient dynamoDb, Tenants tenants, NatsConfig nats) {
        this.dynamoDb = dynamoDb;
        this.tenants = tenants;
        this.slots = nats.slots();
        this.pool = new SlotPool(slots);
    }

    /**
     * @throws ai.artcafe.model.problem.ProblemException {@code conflict} when the id is taken,
     *     {@code no_slot_available} when the pool is used up
     */
    public TenantRecord create(TenantId id, String name, Plan plan, Instant now) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Slot slot = freeSlot(attempt > 0, now);
            TenantRecord tenant = new TenantRecord(id, name, plan, slot, now);
            List<Integer> refused =
                    Transactions.write(
                            dynamoDb, List.of(putNew(tenant.toItem()), occupy(tenant, now)));
            if (refused.contains(0)) {
                throw ErrorCode.CONFLICT.because("tenant_id is taken");
            }
            if (refused.isEmpty()) {
                tenants.forget(id);
                return tenant;
            }
        }
        throw ErrorCode.UNAVAILABLE.because("too many tenants are being created at once");
    }

    /** The tenant as it is now, and the state it is in. */
    public Optional<Revised<TenantRecord>> find(TenantId tenant) {
        GetItemResponse answer =
                dynamoDb.getItem(
                        get -> get.tableName(TABLE).key(recordKey(tenant)).consistentRead(true));
        if (!answer.hasItem()) {
            return Optional.empty();
        }
        Item item = new Item(answer.item());
        return Optional.of(item)
                .filter(record -> !TenantRecord.isDeleted(record))
                .map(record -> new Revised<>(TenantRecord.of(record), ItemUpdate.revision(record)));
    }

    /**
     * Changes a tenant's record; empty when there is no such tenant.
     *
     * @param expected in which state it must be
     * @throws ai.artcafe.model.problem.ProblemException {@code precondition_failed}
     */
    public Optional<Revised<TenantRecord>> change(
            TenantId id, EntityTags expected, UnaryOperator<TenantRecord> change, Instant now) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Optional<Revised<TenantRecord>> before = find(id);
            if (before.isEmpty()) {
                return before;
            }
            expected.require(before.get().revision());
            TenantRecord after = change.apply(before.get().value());
            if (after.equals(before.get().value())) {
                return before;
            }
            TransactWriteItem update =
                    ItemUpdate.write(
                            Table.TENANTS,
                            recordKey(id),
                            before.get().revision(),
                            before.get().value().toItem(),
                            after.toItem(),
                            now);
            boolean isWritten = Transactions.write(dynamoDb, List.of(update)).isEmpty();
            tenants.forget(id);
            if (isWritten) {
                return Optional.of(new Revised<>(after, before.get().revision().next()));
            }
        }
        throw ErrorCode.UNAVAILABLE.because("the tenant is being changed by others, try again");
    }

    static Map<String, AttributeValue> recordKey(TenantId tenant) {
        return Item.key(Table.TENANTS, TenantKeys.tenant(tenant), TenantKeys.RECORD);
    }

    /**
     * Has the tenant's traffic looked at as closely as that: kept with its slot too, where trackers
     * read it. Empty when there is no such tenant in that slot any more.
     */
    public Optional<TenantRecord> tap(TenantRecord tenant, TapMode tap) {
        String id = tenant.tenantId().value();
        List<Integer> refused =
                Transactions.write(
                        dynamoDb,
                        List.of(
                                tap(
                                        TenantKeys.tenant(tenant.tenantId()),
                                        TenantKeys.RECORD,
                                        id,
                                        tap),
                                tap(TenantKeys.SLOTS, TenantKeys.slot(tenant.slot()), id, tap)));
        tenants.forget(tenant.tenantId());
        return refused.isEmpty()
                ? Optional.of(
                        new TenantRecord(
                                tenant.tenantId(),
                                tenant.name(),
                                tenant.plan(),
                                tenant.overrides(),
                                tenant.slot(),
                                tap,
                                tenant.createdAt()))
                : Optional.empty();
    }

    private static TransactWriteItem tap(
            String partition, String sort, String tenant, TapMode tap) {
        Map<String, AttributeValue> values = new HashMap<>();
        values.put(":tenant", AttributeValue.fromS(tenant));
        List<String> set = new ArrayList<>();
        List<String> remove = new ArrayList<>();
        Map<String, AttributeValue> attributes = TenantRecord.tapAttributes(tap);
        for (String name : List.of(TenantKeys.TAP_MODE, TenantKeys.TAP_SAMPLE)) {
            if (attributes.containsKey(name)) {
                set.add(name + " = :" + name);
                values.put(":" + name, attributes.get(name));
            } else {
                remove.add(name);
            }
        }
        String expression =
                (set.isEmpty() ? "" : "SET " + String.join(", ", set))
                        + (remove.isEmpty() ? "" : " REMOVE " + String.join(", ", remove));
        return TransactWriteItem.builder()
                .update(update ->
                        update.tableName(TABLE)
                                .key(Item.key(Table.TENANTS, partition, sort))
                                .conditionExpression(TenantKeys.TENANT_ID + " = :tenant")
                                .updateExpression(expression.strip())
                                .expressionAttributeValues(values))
                .build();
    }

    /**
     * The first free slot; any free one, once another writer was faster, so that they part ways.
     */
    private Slot freeSlot(boolean any, Instant now) {
        List<SlotPool.Taken> taken =
                dynamoDb
                        .queryPaginator(query ->
                                query.tableName(TABLE)
                                        .keyConditionExpression("pk = :pk")
                                        .expressionAttributeValues(slotsPartition())
                                        .consistentRead(true))
                        .items()
                        .stream()
                        .flatMap(item -> SlotPool.Taken.read(new Item(item)).stream())
                        .toList();
        List<Slot> free = pool.free(taken, now);
        if (free.isEmpty()) {
            throw ErrorCode.NO_SLOT_AVAILABLE.because(
                    "all " + slots + " slots of this platform are taken");
        }
        return free.get(any ? ThreadLocalRandom.current().nextInt(free.size()) : 0);
    }

    /** All tenants, in the order of their slots. */
    public Page<TenantRecord> list(PageRequest page) {
        QueryResponse answer =
                dynamoDb.query(query -> {
                    query.tableName(TABLE)
                            .keyConditionExpression("pk = :pk")
                            .expressionAttributeValues(slotsPartition())
                            .limit(page.limit())
                            .consistentRead(true);
                    page.after()
                            .ifPresent(after ->
                                    query.exclusiveStartKey(
                                            Item.key(Table.TENANTS, TenantKeys.SLOTS, after)));
                });
        List<TenantRecord> records =
                answer.items().stream()
                        .map(item -> new Item(item).requiredText(TenantKeys.TENANT_ID))
                        .flatMap(tenant -> tenants.find(new TenantId(tenant)).stream())
                        .toList();
        return new Page<>(
                records,
                answer.hasLastEvaluatedKey() && !answer.lastEvaluatedKey().isEmpty()
                        ? Optional.of(
                                Cursor.of(
                                        SCOPE,
                                        new Item(answer.lastEvaluatedKey()).requiredText("sk")))
                        : Optional.empty());
    }

    private static Map<String, AttributeValue> slotsPartition() {
        return Map.of(":pk", AttributeValue.fromS(TenantKeys.SLOTS));
    }

    /** Unless another has it, or has had it lately. */
    private static TransactWriteItem occupy(TenantRecord tenant, Instant now) {
        Map<String, AttributeValue> item =
                new HashMap<>(
                        Item.key(Table.TENANTS, TenantKeys.SLOTS, TenantKeys.slot(tenant.slot())));
        item.put(TenantKeys.TENANT_ID, AttributeValue.fromS(tenant.tenantId().value()));
        return TransactWriteItem.builder()
                .put(put ->
                        put.tableName(TABLE)
                                .item(item)
                                .conditionExpression(
                                        IS_NEW + " OR " + TenantKeys.FREE_FROM + " <= :now")
                                .expressionAttributeValues(
                                        Map.of(
                                                ":now",
                                                AttributeValue.fromN(
                                                        Long.toString(now.getEpochSecond())))))
                .build();
    }

    private static TransactWriteItem putNew(Map<String, AttributeValue> item) {
        return TransactWriteItem.builder()
                .put(put -> put.tableName(TABLE).item(item).conditionExpression(IS_NEW))
                .build();
    }
}
