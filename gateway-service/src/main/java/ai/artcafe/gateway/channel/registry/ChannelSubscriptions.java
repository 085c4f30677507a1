package ai.artcafe.gateway.channel.registry;

import ai.artcafe.gateway.agent.AgentDeleted;
import ai.artcafe.gateway.channel.ChannelConfig;
import ai.artcafe.gateway.channel.Subscription;
import ai.artcafe.gateway.registry.Transactions;
import ai.artcafe.gateway.registry.Writes;
import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.ChannelId;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.key.ChannelKeys;
import ai.artcafe.model.key.Table;
import ai.artcafe.model.problem.ErrorCode;
import ai.artcafe.runtime.page.Cursor;
import ai.artcafe.runtime.page.Page;
import ai.artcafe.runtime.page.PageRequest;
import ai.artcafe.runtime.store.Item;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/**
 * Which agents belong to which channels, kept both ways about, and counted both ways. Every method
 * blocks, and throws what the DynamoDB client throws when the store is away.
 */
@ApplicationScoped
public class ChannelSubscriptions {

    private static final Table TABLE = Table.CHANNEL_SUBSCRIPTIONS;
    private static final String SINCE = "subscribed_at";
    private static final int REMOVED_TOGETHER = 100;

    private final DynamoDbClient dynamoDb;
    private final ChannelConfig config;
    private final Clock clock;

    ChannelSubscriptions(DynamoDbClient dynamoDb, ChannelConfig config, Clock clock) {
        this.dynamoDb = dynamoDb;
        this.config = config;
        this.clock = clock;
    }

    public Optional<Subscription> find(TenantId tenant, ChannelId channel, AgentId agent) {
        return Optional.of(
                        dynamoDb.getItem(get ->
                                get.tableName(TABLE.tableName())
                                        .key(ChannelItems.agentKey(tenant, channel, agent))
                                        .consistentRead(true)))
                .filter(answer -> answer.hasItem())
                .map(answer -> read(channel, new Item(answer.item())));
    }

    /**
     * Makes the agent belong to the channel; one that does already does so since then.
     *
     * @throws ai.artcafe.model.problem.ProblemException {@code not_found} when there is no such
     *     channel, {@code limit_exceeded}
     */
    public Subscription add(TenantId tenant, ChannelId channel, AgentId agent, Instant now) {
        Optional<Subscription> known = find(tenant, channel, agent);
        if (known.isPresent()) {
            return known.get();
        }
        Map<String, AttributeValue> since = Map.of(SINCE, AttributeValue.fromS(now.toString()));
        List<Integer> refused =
                Transactions.write(
                        dynamoDb,
                        List.of(
                                Writes.putNew(
                                        TABLE,
                                        with(since, ChannelItems.agentKey(tenant, channel, agent))),
                                Writes.countUp(
                                        Table.CHANNELS,
                                        ChannelItems.key(tenant, channel),
                                        ChannelKeys.COUNTED,
                                        config.agentsPerChannel(),
                                        true),
                                Writes.countUp(
                                        TABLE,
                                        ChannelItems.countKey(tenant, agent),
                                        ChannelKeys.COUNTED,
                                        config.channelsPerAgent(),
                                        false),
                                Writes.putNew(
                                        TABLE,
                                        with(
                                                since,
                                                ChannelItems.channelKey(tenant, channel, agent))),
                                MembershipChanges.write(tenant, agent, now)));
        if (refused.contains(0)) {
            return find(tenant, channel, agent)
                    .orElseGet(() -> new Subscription(channel, agent, now));
        }
        if (refused.contains(1)) {
            throw ErrorCode.LIMIT_EXCEEDED.because(
                    "a channel may have " + config.agentsPerChannel() + " agents");
        }
        if (refused.contains(2)) {
            throw ErrorCode.LIMIT_EXCEEDED.because(
                    "an agent may belong to " + config.channelsPerAgent() + " channels");
        }
        return new Subscription(channel, agent, now);
    }

    private static Map<String, AttributeValue> with(
            Map<String, AttributeValue> attributes, Map<String, AttributeValue> key) {
        Map<String, AttributeValue> item = new HashMap<>(key);
        item.putAll(attributes);
        return item;
    }

    /** Returns false when the agent does not belong to the channel. */
    public boolean remove(TenantId tenant, ChannelId channel, AgentId agent) {
        return Transactions.write(
                        dynamoDb,
                        List.of(
                                Writes.deleteExisting(
                                        TABLE, ChannelItems.agentKey(tenant, channel, agent)),
                                Writes.countDown(
                                        Table.CHANNELS,
                                        ChannelItems.key(tenant, channel),
                                        ChannelKeys.COUNTED),
                                Writes.countDown(
                                        TABLE,
                                        ChannelItems.countKey(tenant, agent),
                                        ChannelKeys.COUNTED),
                                delete(ChannelItems.channelKey(tenant, channel, agent)),
                                MembershipChanges.write(tenant, agent, clock.instant())))
                .isEmpty();
    }

    private static TransactWriteItem delete(Map<String, AttributeValue> key) {
        return TransactWriteItem.builder()
                .delete(delete -> delete.tableName(TABLE.tableName()).key(key))
                .build();
    }

    /** Names the list of a channel's agents in cursors. */
    public static String scope(TenantId tenant, ChannelId channel) {
        return "subscriptions/" + tenant + "/" + channel;
    }

    /** The agents of a channel in the order of their ids. */
    public Page<Subscription> list(TenantId tenant, ChannelId channel, PageRequest page) {
        QueryResponse answer =
                query(
                        ChannelKeys.agentsOf(tenant, channel),
                        page.after().orElse(ChannelKeys.COUNT),
                        page.limit());
        List<Subscription> agents =
                answer.items().stream().map(item -> read(channel, new Item(item))).toList();
        return new Page<>(
                agents,
                answer.hasLastEvaluatedKey() && !agents.isEmpty()
                        ? Optional.of(
                                Cursor.of(
                                        scope(tenant, channel), agents.getLast().agentId().value()))
                        : Optional.empty());
    }

    /** The channels that an agent belongs to. */
    public List<ChannelId> channelsOf(TenantId tenant, AgentId agent) {
        return query(
                        ChannelKeys.channelsOf(tenant, agent),
                        ChannelKeys.COUNT,
                        config.channelsPerAgent())
                .items()
                .stream()
                .map(item -> new ChannelId(new Item(item).requiredText(ChannelItems.AGENT_ID)))
                .toList();
    }

    /** Removes all agents from a channel. */
    void removeAll(TenantId tenant, ChannelId channel) {
        PageRequest some = new PageRequest(REMOVED_TOGETHER, Optional.empty());
        long removed;
        do {
            removed =
                    list(tenant, channel, some).items().stream()
                            .filter(one -> remove(tenant, channel, one.agentId()))
                            .count();
        } while (removed > 0);
    }

    /** An agent that is no more belongs to nothing. */
    void forget(@Observes AgentDeleted deleted) {
        channelsOf(deleted.tenant(), deleted.agent())
                .forEach(channel -> remove(deleted.tenant(), channel, deleted.agent()));
    }

    private QueryResponse query(String partition, String after, int limit) {
        return dynamoDb.query(query ->
                query.tableName(TABLE.tableName())
                        .keyConditionExpression("channel_key = :key AND agent_id > :at")
                        .expressionAttributeValues(
                                Map.of(
                                        ":key",
                                        AttributeValue.fromS(partition),
                                        ":at",
                                        AttributeValue.fromS(after)))
                        .limit(limit)
                        .consistentRead(true));
    }

    private static Subscription read(ChannelId channel, Item item) {
        return new Subscription(
                channel,
                new AgentId(item.requiredText(ChannelItems.AGENT_ID)),
                Instant.parse(item.requiredText(SINCE)));
    }
}
