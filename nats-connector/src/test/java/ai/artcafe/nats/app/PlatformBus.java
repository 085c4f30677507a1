package ai.artcafe.nats.app;

import ai.artcafe.nats.NatsConfig;
import ai.artcafe.nats.NatsOptions;
import ai.artcafe.nats.NatsSeeds;
import io.nats.client.Options;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** How a service of ours connects. */
@Dependent
class PlatformBus {

    @Produces
    @Singleton
    @Identifier("tracker")
    Options tracker(NatsConfig config, NatsSeeds seeds) {
        return NatsOptions.named("tracker").urls(config.url()).seed(seeds.seed("tracker")).build();
    }

    @Produces
    @Singleton
    @Identifier("gateway")
    Options gateway(NatsConfig config, NatsSeeds seeds) {
        return NatsOptions.named("gateway").urls(config.url()).seed(seeds.seed("gateway")).build();
    }
}
