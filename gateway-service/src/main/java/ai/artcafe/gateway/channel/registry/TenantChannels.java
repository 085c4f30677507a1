package ai.artcafe.gateway.channel.registry;

import ai.artcafe.gateway.channel.Channel;
import ai.artcafe.gateway.registry.Partitions;
import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.key.ChannelKeys;
import ai.artcafe.model.key.Table;
import ai.artcafe.runtime.page.PageRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Removes the channels of a tenant that is deleted, and who belonged to them. Blocks. */
@ApplicationScoped
public class TenantChannels {

    private static final int PAGE = 100;

    private final ChannelRegistry channels;
    private final DynamoDbClient dynamoDb;

    TenantChannels(ChannelRegistry channels, DynamoDbClient dynamoDb) {
        this.channels = channels;
        this.dynamoDb = dynamoDb;
    }

    /** All channels, with their agents. */
    public void clear(TenantId tenant) {
        Optional<String> after = Optional.empty();
        do {
            List<Channel> some = channels.list(tenant, new PageRequest(PAGE, after)).items();
            some.forEach(channel ->
                    Partitions.delete(
                            dynamoDb,
                            Table.CHANNEL_SUBSCRIPTIONS,
                            ChannelKeys.agentsOf(tenant, channel.channelId())));
            after =
                    some.isEmpty()
                            ? Optional.empty()
                            : Optional.of(some.getLast().channelId().value());
        } while (after.isPresent());
        Partitions.delete(dynamoDb, Table.CHANNELS, tenant.value());
    }

    /** What an agent belongs to, as it is kept with the agent. */
    public void clear(TenantId tenant, AgentId agent) {
        Partitions.delete(
                dynamoDb, Table.CHANNEL_SUBSCRIPTIONS, ChannelKeys.channelsOf(tenant, agent));
    }
}
