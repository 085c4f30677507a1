package ai.artcafe.gateway.agent.registry;

import ai.artcafe.gateway.agent.Revocation;
import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.key.AgentKeys;
import ai.artcafe.model.key.Table;
import ai.artcafe.runtime.store.Item;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    private static final String PASSES = "passes";
    private static final String CLAIMED_UNTIL = "claimed_until";

    private final DynamoDbClient dynamoDb;

    Revocations(DynamoDbClient dynamoDb) {
        this.dynamoDb = dynamoDb;
    }

    /** Goes into the transaction that takes the agent's leave, or replaces one of its keys. */
    static TransactWriteItem write(TenantId tenant, AgentId agent, Instant at) {
        return write(tenant, Optional.of(agent), at);
    }

    /** Goes into the transaction that deletes the tenant. */
    public static TransactWriteItem write(TenantId tenant, Instant at) {
        return write(tenant, Optional.empty(), at);
    }

    private static TransactWriteItem write(TenantId tenant, Optional<AgentId> agent, Instant at) {
        Map<String, AttributeValue> item = new HashMap<>(key(tenant, agent, at));
        item.put(TENANT_ID, AttributeValue.fromS(tenant.value()));
        agent.ifPresent(id -> item.put(AGENT_ID, AttributeValue.fromS(id.value())));
        item.put(AT, number(at.toEpochMilli()));
        item.put(PASSES, number(0));
        item.put(CLAIMED_UNTIL, number(0));
        item.put(Table.TTL, number(at.plus(LIFE).getEpochSecond()));
        return TransactWriteItem.builder().put(put -> put.tableName(TABLE).item(item)).build();
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
        return key(revocation.tenant(), revocation.agent(), revocation.at());
    }

    private static Map<String, AttributeValue> key(
            TenantId tenant, Optional<AgentId> agent, Instant at) {
        return Item.key(
                Table.AGENTS,
                AgentKeys.REVOCATIONS,
                agent.map(id -> AgentKeys.revocation(at, id))
                        .orElseGet(() -> AgentKeys.revocation(at, tenant)));
    }

    private static Revocation read(Item item) {
        return new Revocation(
                new TenantId(item.requiredText(TENANT_ID)),
                item.text(AGENT_ID).map(AgentId::new),
                Instant.ofEpochMilli(item.number(AT)),
                (int) item.number(PASSES),
                Instant.ofEpochMilli(item.number(CLAIMED_UNTIL)));
    }

    private static AttributeValue number(long value) {
        return AttributeValue.fromN(Long.toString(value));
    }
}
