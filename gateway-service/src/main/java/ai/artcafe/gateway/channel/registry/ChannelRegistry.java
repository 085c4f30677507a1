package ai.artcafe.gateway.channel.registry;

import ai.artcafe.gateway.channel.Channel;
import ai.artcafe.gateway.channel.ChannelConfig;
import ai.artcafe.gateway.registry.ItemUpdate;
import ai.artcafe.gateway.registry.Transactions;
import ai.artcafe.gateway.registry.Writes;
import ai.artcafe.gateway.revision.EntityTags;
import ai.artcafe.gateway.revision.Revised;
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
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/**
 * All channels. Reads see every write that came before them. Every method blocks, and throws what
 * the DynamoDB client throws when the store is away.
 */
@ApplicationScoped
public class ChannelRegistry {

    private static final int ATTEMPTS = 5;

    private final DynamoDbClient dynamoDb;
    private final ChannelSubscriptions subscriptions;
    private final ChannelConfig config;

    ChannelRegistry(
            DynamoDbClient dynamoDb, ChannelSubscriptions subscriptions, ChannelConfig config) {
        this.dynamoDb = dynamoDb;
        this.subscriptions = subscriptions;
        this.config = config;
    }

    /**
     * @throws ai.artcafe.model.problem.ProblemException {@code conflict} when the id is taken,
     *     {@code limit_exceeded}
     */
    public void create(Channel channel) {
        List<Integer> refused =
                Transactions.write(
                        dynamoDb,
                        List.of(
                                Writes.putNew(Table.CHANNELS, ChannelItems.write(channel)),
                                Writes.countUp(
                                        Table.CHANNELS,
                                        ChannelItems.countKey(channel.tenantId()),
                                        ChannelKeys.COUNTED,
                                        config.perTenant(),
                                        false)));
        if (refused.contains(0)) {
            throw ErrorCode.CONFLICT.because("channel_id is taken");
        }
        if (!refused.isEmpty()) {
            throw ErrorCode.LIMIT_EXCEEDED.because(
                    "a tenant may have " + config.perTenant() + " channels");
        }
    }

    public Optional<Revised<Channel>> find(TenantId tenant, ChannelId channel) {
        GetItemResponse answer =
                dynamoDb.getItem(get ->
                        get.tableName(Table.CHANNELS.tableName())
                                .key(ChannelItems.key(tenant, channel))
                                .consistentRead(true));
        return answer.hasItem()
                ? Optional.of(ChannelItems.readRevised(new Item(answer.item())))
                : Optional.empty();
    }

    /** Names the list of the tenant's channels in cursors. */
    public static String scope(TenantId tenant) {
        return "channels/" + tenant;
    }

    /** The tenant's channels in the order of their ids. */
    public Page<Channel> list(TenantId tenant, PageRequest page) {
        QueryResponse answer =
                dynamoDb.query(query ->
                        query.tableName(Table.CHANNELS.tableName())
                                .keyConditionExpression("tenant_id = :tenant AND channel_id > :at")
                                .expressionAttributeValues(
                                        Map.of(
                                                ":tenant",
                                                AttributeValue.fromS(tenant.value()),
                                                ":at",
                                                AttributeValue.fromS(
                                                        page.after().orElse(ChannelKeys.COUNT))))
                                .limit(page.limit())
                                .consistentRead(true));
        List<Channel> channels =
                answer.items().stream().map(item -> ChannelItems.read(new Item(item))).toList();
        return new Page<>(
                channels,
                answer.hasLastEvaluatedKey() && !channels.isEmpty()
                        ? Optional.of(
                                Cursor.of(scope(tenant), channels.getLast().channelId().value()))
                        : Optional.empty());
    }

    /**
     * Changes a channel; empty when there is no such channel.
     *
     * @param expected in which state it must be
     * @throws ai.artcafe.model.problem.ProblemException {@code precondition_failed}
     */
    public Optional<Revised<Channel>> change(
            TenantId tenant,
            ChannelId id,
            EntityTags expected,
            UnaryOperator<Channel> change,
            Instant now) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Optional<Revised<Channel>> before = find(tenant, id);
            if (before.isEmpty()) {
                return before;
            }
            expected.require(before.get().revision());
            Channel after = change.apply(before.get().value());
            if (after.equals(before.get().value())) {
                return before;
            }
            TransactWriteItem update =
                    ItemUpdate.write(
                            Table.CHANNELS,
                            ChannelItems.key(tenant, id),
                            before.get().revision(),
                            ChannelItems.write(before.get().value()),
                            ChannelItems.write(after),
                            now);
            if (Transactions.write(dynamoDb, List.of(update)).isEmpty()) {
                return Optional.of(new Revised<>(after, before.get().revision().next()));
            }
        }
        throw busy();
    }

    /**
     * Removes a channel with its subscriptions; false when there is no such channel. What fails
     * half-way is gone on with by the next try: the channel itself goes last.
     */
    public boolean delete(TenantId tenant, ChannelId id, EntityTags expected) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Optional<Revised<Channel>> channel = find(tenant, id);
            if (channel.isEmpty()) {
                return false;
            }
            expected.require(channel.get().revision());
            subscriptions.removeAll(tenant, id);
            List<TransactWriteItem> writes =
                    List.of(
                            ItemUpdate.delete(
                                    Table.CHANNELS,
                                    ChannelItems.key(tenant, id),
                                    channel.get().revision(),
                                    ChannelItems.write(channel.get().value()),
                                    ChannelKeys.COUNTED),
                            Writes.countDown(
                                    Table.CHANNELS,
                                    ChannelItems.countKey(tenant),
                                    ChannelKeys.COUNTED));
            if (Transactions.write(dynamoDb, writes).isEmpty()) {
                return true;
            }
        }
        throw busy();
    }

    private static RuntimeException busy() {
        return ErrorCode.UNAVAILABLE.because("the channel is being changed by others, try again");
    }
}
