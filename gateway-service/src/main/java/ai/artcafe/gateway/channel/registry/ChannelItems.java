package ai.artcafe.gateway.channel.registry;

import ai.artcafe.gateway.channel.Channel;
import ai.artcafe.gateway.registry.ItemUpdate;
import ai.artcafe.gateway.revision.Revised;
import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.ChannelId;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.key.ChannelKeys;
import ai.artcafe.model.key.Table;
import ai.artcafe.runtime.store.Item;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Channels and subscriptions as items. */
final class ChannelItems {

    static final String TENANT_ID = "tenant_id";
    static final String CHANNEL_ID = "channel_id";
    static final String AGENT_ID = "agent_id";

    private static final String NAME = "name";
    private static final String DESCRIPTION = "description";
    private static final String CREATED_AT = "created_at";

    private ChannelItems() {}

    static Map<String, AttributeValue> key(TenantId tenant, ChannelId channel) {
        return Item.key(Table.CHANNELS, tenant.value(), channel.value());
    }

    /** Of the item that counts a tenant's channels. */
    static Map<String, AttributeValue> countKey(TenantId tenant) {
        return Item.key(Table.CHANNELS, tenant.value(), ChannelKeys.COUNT);
    }

    static Map<String, AttributeValue> write(Channel channel) {
        Map<String, AttributeValue> item =
                new HashMap<>(key(channel.tenantId(), channel.channelId()));
        item.put(NAME, AttributeValue.fromS(channel.name()));
        channel.description().ifPresent(text -> item.put(DESCRIPTION, AttributeValue.fromS(text)));
        item.put(CREATED_AT, AttributeValue.fromS(channel.createdAt().toString()));
        return item;
    }

    static Channel read(Item item) {
        return new Channel(
                new ChannelId(item.requiredText(CHANNEL_ID)),
                new TenantId(item.requiredText(TENANT_ID)),
                item.requiredText(NAME),
                item.text(DESCRIPTION),
                Instant.parse(item.requiredText(CREATED_AT)));
    }

    static Revised<Channel> readRevised(Item item) {
        return new Revised<>(read(item), ItemUpdate.revision(item));
    }

    /** Of a subscription under its channel. */
    static Map<String, AttributeValue> agentKey(TenantId tenant, ChannelId channel, AgentId agent) {
        return Item.key(
                Table.CHANNEL_SUBSCRIPTIONS, ChannelKeys.agentsOf(tenant, channel), agent.value());
    }

    /** Of a subscription under its agent. */
    static Map<String, AttributeValue> channelKey(
            TenantId tenant, ChannelId channel, AgentId agent) {
        return Item.key(
                Table.CHANNEL_SUBSCRIPTIONS,
                ChannelKeys.channelsOf(tenant, agent),
                channel.value());
    }

    /** Of the item that counts an agent's channels. */
    static Map<String, AttributeValue> countKey(TenantId tenant, AgentId agent) {
        return Item.key(
                Table.CHANNEL_SUBSCRIPTIONS,
                ChannelKeys.channelsOf(tenant, agent),
                ChannelKeys.COUNT);
    }
}
