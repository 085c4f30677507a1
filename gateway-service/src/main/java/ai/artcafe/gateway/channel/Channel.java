package ai.artcafe.gateway.channel;

import ai.artcafe.model.identity.ChannelId;
import ai.artcafe.model.identity.TenantId;
import java.time.Instant;
import java.util.Optional;

/**
 * A named topic of a tenant.
 *
 * @param name for people
 * @param description for people
 */
public record Channel(
        ChannelId channelId,
        TenantId tenantId,
        String name,
        Optional<String> description,
        Instant createdAt) {}
