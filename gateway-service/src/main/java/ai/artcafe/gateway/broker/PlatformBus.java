package ai.artcafe.gateway.broker;

import ai.artcafe.gateway.GatewayIdentity;
import ai.artcafe.nats.NatsConfig;
import ai.artcafe.nats.NatsOptions;
import ai.artcafe.nats.NatsSeeds;
import io.nats.client.Options;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** How the messaging channels connect to the platform's own bus. */
class PlatformBus {

    @Produces
    @Singleton
    @Identifier("platform")
    Options options(NatsConfig nats, NatsSeeds seeds, GatewayIdentity gateway) {
        return NatsOptions.named("gateway-" + gateway.id())
                .urls(nats.url())
                .seed(seeds.seed("gateway"))
                .build();
    }
}
