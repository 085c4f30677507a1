package ai.artcafe.gateway.channel.registry;

import ai.artcafe.gateway.channel.MembershipChange;
import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.key.ChannelKeys;
import ai.artcafe.model.key.Table;
import ai.artcafe.runtime.store.Item;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/**
 * Whose channels have changed lately, for every gateway to see. A change is written in the
 * transaction that makes it, so that it is known even when whoever wrote it is gone a moment later.
 */
@ApplicationScoped
public class MembershipChanges {

    /** How long a change can be looked up. */
    public static final Duration LIFE = Duration.ofHours(1);

    private static final Table TABLE = Table.CHANNEL_SUBSCRIPTIONS;
    private static final String TENANT = "tenant";
    private static final String AGENT = "agent";

    private final DynamoDbClient dynamoDb;

    MembershipChanges(DynamoDbClient dynamoDb) {
        this.dynamoDb = dynamoDb;
    }

    /** Goes into the transaction that adds a membership, or removes one. */
    static TransactWriteItem write(TenantId tenant, AgentId agent, Instant at) {
        Map<String, AttributeValue> item =
                new HashMap<>(
                        Item.key(
                                TABLE,
                                ChannelKeys.CHANGES,
                                ChannelKeys.change(at, UUID.randomUUID().toString())));
        item.put(TENANT, AttributeValue.fromS(tenant.value()));
        item.put(AGENT, AttributeValue.fromS(agent.value()));
        item.put(Table.TTL, AttributeValue.fromN(Long.toString(at.plus(LIFE).getEpochSecond())));
        return TransactWriteItem.builder()
                .put(put -> put.tableName(TABLE.tableName()).item(item))
                .build();
    }

    /** The changes from this time on. Blocks. */
    public List<MembershipChange> since(Instant from) {
        return dynamoDb
                .queryPaginator(query ->
                        query.tableName(TABLE.tableName())
                                .keyConditionExpression("channel_key = :key AND agent_id >= :from")
                                .expressionAttributeValues(
                                        Map.of(
                                                ":key",
                                                AttributeValue.fromS(ChannelKeys.CHANGES),
                                                ":from",
                                                AttributeValue.fromS(
                                                        ChannelKeys.changesFrom(from))))
                                .consistentRead(true))
                .items()
                .stream()
                .map(item -> read(new Item(item)))
                .toList();
    }

    private static MembershipChange read(Item item) {
        return new MembershipChange(
                item.requiredText(ChannelItems.AGENT_ID),
                new TenantId(item.requiredText(TENANT)),
                new AgentId(item.requiredText(AGENT)));
    }
}
