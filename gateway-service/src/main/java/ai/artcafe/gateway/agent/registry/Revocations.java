package ai.artcafe.gateway.agent.registry;

import ai.artcafe.gateway.agent.AgentCutOff;
import ai.artcafe.gateway.agent.EndReason;
import ai.artcafe.gateway.agent.Revocation;
import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.key.AgentKeys;
import ai.artcafe.model.key.Table;
import ai.artcafe.model.presence.Door;
import ai.artcafe.runtime.store.Item;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/**
 * Who has lost leave to be connected lately, for every gateway to see. A revocation is written in
 * the transaction that makes it true, so that it is known even when whoever wrote it is gone a
 * moment later. Every method that is not static blocks.
 */
@ApplicationScoped
public class Revocations {

    private static final String TABLE = Table.AGENTS.tableName();
    private static final Duration LIFE = Duration.ofHours(1);
    private static final String TENANT_ID = "tenant_id";
    private static final String AGENT_ID = "agent_id";
    private static final String AT = "at";
    private static final String REASON = "reason";
    private static final String DOORS = "doors";
    private static final String CONNECTION_ID = "connection_id";
    private static final String PASSES = "passes";
    private static final String CLAIMED_UNTIL = "claimed_until";

    private final DynamoDbClient dynamoDb;

    Revocations(DynamoDbClient dynamoDb) {
        this.dynamoDb = dynamoDb;
    }

    /** Goes into the transaction that takes the agent's leave, or replaces one of its keys. */
    static TransactWriteItem write(Revocation revocation) {
        Map<String, AttributeValue> item = item(revocation);
        return TransactWriteItem.builder().put(put -> put.tableName(TABLE).item(item)).build();
    }

    /** Goes into the transaction that deletes the tenant. */
    public static TransactWriteItem write(TenantId tenant, Instant at) {
        return write(Revocation.of(tenant, at));
    }

    /** One that goes with no change of the agent. */
    public void add(Revocation revocation) {
        Map<String, AttributeValue> item = item(revocation);
        dynamoDb.putItem(put -> put.tableName(TABLE).item(item));
    }

    private static Map<String, AttributeValue> item(Revocation revocation) {
        Map<String, AttributeValue> item = new HashMap<>(key(revocation));
        item.put(TENANT_ID, AttributeValue.fromS(revocation.tenant().value()));
        revocation
                .agent()
                .ifPresent(agent -> item.put(AGENT_ID, AttributeValue.fromS(agent.value())));
        item.put(AT, number(revocation.at().toEpochMilli()));
        item.put(REASON, AttributeValue.fromS(revocation.reason().id()));
        item.put(DOORS, AttributeValue.fromSs(revocation.doors().stream().map(Door::id).toList()));
        revocation
                .connectionId()
                .ifPresent(id -> item.put(CONNECTION_ID, AttributeValue.fromS(id)));
        item.put(PASSES, number(0));
        item.put(CLAIMED_UNTIL, number(0));
        item.put(Table.TTL, number(revocation.at().plus(LIFE).getEpochSecond()));
        return item;
    }

    /** The revocations from this time on, the oldest first. */
    public List<Revocation> since(Instant from) {
        return dynamoDb
                .queryPaginator(query ->
                        query.tableName(TABLE)
                                .keyConditionExpression("pk = :pk AND sk >= :from")
                                .expressionAttributeValues(
                                        Map.of(
                                                ":pk",
                                                AttributeValue.fromS(AgentKeys.REVOCATIONS),
                                                ":from",
                                                AttributeValue.fromS(
                                                        AgentKeys.revocationsFrom(from))))
                                .consistentRead(true))
                .items()
                .stream()
                .map(item -> read(new Item(item)))
                .toList();
    }

    /** Leave to do the next pass, for one of those who ask, until it is done or has taken long. */
    public boolean claim(Revocation revocation, Instant now, Duration patience) {
        try {
            dynamoDb.updateItem(update ->
                    update.tableName(TABLE)
                            .key(key(revocation))
                            .conditionExpression("#passes = :passes AND #claimed < :now")
                            .updateExpression("SET #claimed = :until")
                            .expressionAttributeNames(
                                    Map.of("#passes", PASSES, "#claimed", CLAIMED_UNTIL))
                            .expressionAttributeValues(
                                    Map.of(
                                            ":passes",
                                            number(revocation.passes()),
                                            ":now",
                                            number(now.toEpochMilli()),
                                            ":until",
                                            number(now.plus(patience).toEpochMilli()))));
            return true;
        } catch (ConditionalCheckFailedException _) {
            return false;
        }
    }

    /** The pass that was claimed is done. */
    public void passed(Revocation revocation) {
        try {
            dynamoDb.updateItem(update ->
                    update.tableName(TABLE)
                            .key(key(revocation))
                            .conditionExpression("#passes = :passes")
                            .updateExpression("SET #passes = :next, #claimed = :free")
                            .expressionAttributeNames(
                                    Map.of("#passes", PASSES, "#claimed", CLAIMED_UNTIL))
                            .expressionAttributeValues(
                                    Map.of(
                                            ":passes",
                                            number(revocation.passes()),
                                            ":next",
                                            number(revocation.passes() + 1),
                                            ":free",
                                            number(0))));
        } catch (ConditionalCheckFailedException _) {
            // another has done it, or the agent was changed once more: both are looked at again
        }
    }

    private static Map<String, AttributeValue> key(Revocation revocation) {
        String key =
                revocation
                        .agent()
                        .map(agent -> AgentKeys.revocation(revocation.at(), agent))
                        .orElseGet(
                                () -> AgentKeys.revocation(revocation.at(), revocation.tenant()));
        return Item.key(
                Table.AGENTS,
                AgentKeys.REVOCATIONS,
                revocation.connectionId().map(id -> key + "#" + id).orElse(key));
    }

    private static Revocation read(Item item) {
        return new Revocation(
                new TenantId(item.requiredText(TENANT_ID)),
                item.text(AGENT_ID).map(AgentId::new),
                Instant.ofEpochMilli(item.number(AT)),
                item.text(REASON).flatMap(EndReason::parse).orElse(EndReason.REVOKED),
                doors(item),
                item.text(CONNECTION_ID),
                (int) item.number(PASSES),
                Instant.ofEpochMilli(item.number(CLAIMED_UNTIL)));
    }

    /** Both where none is named: whoever wrote it knew nothing of doors. */
    private static Set<Door> doors(Item item) {
        return Optional.ofNullable(item.attributes().get(DOORS))
                .map(set ->
                        set.ss().stream()
                                .flatMap(id -> Door.parse(id).stream())
                                .collect(Collectors.toSet()))
                .filter(doors -> !doors.isEmpty())
                .orElse(AgentCutOff.BOTH_DOORS);
    }

    private static AttributeValue number(long value) {
        return AttributeValue.fromN(Long.toString(value));
    }
}
