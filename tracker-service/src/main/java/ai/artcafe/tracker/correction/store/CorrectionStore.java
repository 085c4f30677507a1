package ai.artcafe.tracker.correction.store;

import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.key.AgentKeys;
import ai.artcafe.model.key.Table;
import ai.artcafe.model.key.UsageKeys;
import ai.artcafe.runtime.page.Cursor;
import ai.artcafe.runtime.page.Page;
import ai.artcafe.runtime.page.PageRequest;
import ai.artcafe.runtime.store.Item;
import ai.artcafe.tracker.correction.Correction;
import ai.artcafe.tracker.correction.CorrectionId;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/**
 * Corrections as items of {@link Table#USAGE_METRICS}, which never expire. Every change is
 * conditional on the state before it. Throws the SDK's exceptions when DynamoDB is away.
 */
@ApplicationScoped
public class CorrectionStore {

    private static final String TABLE = Table.USAGE_METRICS.tableName();

    private final DynamoDbClient dynamoDb;

    CorrectionStore(DynamoDbClient dynamoDb) {
        this.dynamoDb = dynamoDb;
    }

    /** Keeps a new correction; false when its id is taken. */
    public boolean create(Correction correction) {
        try {
            dynamoDb.putItem(request ->
                    request.tableName(TABLE)
                            .item(CorrectionItems.write(correction))
                            .conditionExpression("attribute_not_exists(pk)"));
            return true;
        } catch (ConditionalCheckFailedException _) {
            return false;
        }
    }

    /** Signs or rejects what is proposed; false when it is not, or no more. */
    public boolean decide(
            CorrectionId id, Correction.State state, Correction.Decision decision) {
        return move(
                id,
                Correction.State.PROPOSED,
                "SET #state = :next, decided_by = :by, decided_at = :at",
                Map.of(
                        ":next",
                        AttributeValue.fromS(state.id()),
                        ":by",
                        AttributeValue.fromS(decision.by()),
                        ":at",
                        AttributeValue.fromS(decision.at().toString())));
    }

    /** Marks what is signed as booked; false when it is that already. */
    public boolean booked(CorrectionId id, Instant at) {
        return move(
                id,
                Correction.State.SIGNED,
                "SET #state = :next, booked_at = :at",
                Map.of(
                        ":next",
                        AttributeValue.fromS(Correction.State.BOOKED.id()),
                        ":at",
                        AttributeValue.fromS(at.toString())));
    }

    private boolean move(
            CorrectionId id,
            Correction.State from,
            String update,
            Map<String, AttributeValue> values) {
        Map<String, AttributeValue> all = new HashMap<>(values);
        all.put(":from", AttributeValue.fromS(from.id()));
        try {
            dynamoDb.updateItem(
                    UpdateItemRequest.builder()
                            .tableName(TABLE)
                            .key(key(id))
                            .updateExpression(update)
                            .conditionExpression("#state = :from")
                            .expressionAttributeNames(Map.of("#state", CorrectionItems.STATE))
                            .expressionAttributeValues(all)
                            .build());
            return true;
        } catch (ConditionalCheckFailedException _) {
            return false;
        }
    }

    public Optional<Correction> find(CorrectionId id) {
        return get(Table.USAGE_METRICS, key(id)).map(CorrectionItems::read);
    }

    /** The tenant's corrections, in the order of their ids. */
    public Page<Correction> list(TenantId tenant, PageRequest page) {
        QueryResponse answer =
                dynamoDb.query(query -> {
                    query.tableName(TABLE)
                            .keyConditionExpression("pk = :pk AND begins_with(sk, :sk)")
                            .expressionAttributeValues(
                                    Map.of(
                                            ":pk",
                                            AttributeValue.fromS(UsageKeys.tenant(tenant)),
                                            ":sk",
                                            AttributeValue.fromS(UsageKeys.CORRECTIONS)))
                            .limit(page.limit())
                            .consistentRead(true);
                    page.after()
                            .ifPresent(after ->
                                    query.exclusiveStartKey(key(new CorrectionId(tenant, after))));
                });
        List<Correction> corrections =
                answer.items().stream().map(item -> CorrectionItems.read(new Item(item))).toList();
        return new Page<>(
                corrections,
                answer.hasLastEvaluatedKey()
                                && !answer.lastEvaluatedKey().isEmpty()
                                && !corrections.isEmpty()
                        ? Optional.of(Cursor.of(scope(tenant), corrections.getLast().id().id()))
                        : Optional.empty());
    }

    /** Names the list of the tenant's corrections in cursors. */
    public static String scope(TenantId tenant) {
        return "corrections/" + tenant;
    }

    /** Whether the agent is the tenant's: registered, or once known by its usage. */
    public boolean isOf(TenantId tenant, AgentId agent) {
        return get(
                                Table.AGENTS,
                                Item.key(
                                        Table.AGENTS,
                                        AgentKeys.tenant(tenant),
                                        AgentKeys.agent(agent)))
                        .isPresent()
                || get(
                                Table.USAGE_METRICS,
                                Item.key(
                                        Table.USAGE_METRICS,
                                        UsageKeys.tenant(tenant),
                                        UsageKeys.total(agent)))
                        .isPresent();
    }

    private Optional<Item> get(Table table, Map<String, AttributeValue> key) {
        Map<String, AttributeValue> found =
                dynamoDb.getItem(request ->
                                request.tableName(table.tableName()).key(key).consistentRead(true))
                        .item();
        return found.isEmpty() ? Optional.empty() : Optional.of(new Item(found));
    }

    private static Map<String, AttributeValue> key(CorrectionId id) {
        return Item.key(
                Table.USAGE_METRICS,
                UsageKeys.tenant(id.tenant()),
                UsageKeys.correction(id.id()));
    }
}
