package ai.artcafe.gateway.channel;

import ai.artcafe.model.identity.ChannelId;
import ai.artcafe.model.identity.TenantId;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * What a request to create a channel says.
 *
 * @param channelId made up when it is missing
 * @param name for people; the id when it is missing
 */
record NewChannel(
        Optional<ChannelId> channelId, Optional<String> name, Optional<String> description) {

    Channel channel(TenantId tenant, Instant now) {
        ChannelId id = channelId.orElseGet(() -> new ChannelId(UUID.randomUUID().toString()));
        return new Channel(
                id,
                tenant,
                name.map(ChannelFields::name).orElse(id.value()),
                description.map(ChannelFields::description),
                now);
    }
}
