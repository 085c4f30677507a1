package ai.artcafe.tracker.reading.broker;

import ai.artcafe.nats.NatsConfig;
import ai.artcafe.nats.NatsOptions;
import ai.artcafe.nats.NatsSeeds;
import io.nats.client.Options;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** The connection that the channels use: the platform's own bus. */
@ApplicationScoped
class PlatformBus {

    @Produces
    @Singleton
    @Identifier("platform")
    Options options(NatsConfig nats, NatsSeeds seeds) {
        return NatsOptions.named("tracker").urls(nats.url()).seed(seeds.seed("tracker")).build();
    }
}
