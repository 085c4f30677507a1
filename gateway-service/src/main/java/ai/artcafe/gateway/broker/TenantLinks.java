package ai.artcafe.gateway.broker;

import ai.artcafe.gateway.GatewayIdentity;
import ai.artcafe.model.identity.ConnectionOwner;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.nats.NatsConfig;
import ai.artcafe.nats.NatsOptions;
import ai.artcafe.nats.NatsSeeds;
import ai.artcafe.nats.Seed;
import io.nats.client.Options;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The links to all tenants that have an agent here: opened on demand, closed when idle. */
@ApplicationScoped
public class TenantLinks {

    private static final Duration SWEEP = Duration.ofSeconds(1);

    /**
     * How long an event loop waits for another that is about to publish and was interrupted by a
     * busy machine. It must not wait for a queue that is full in spite of everything.
     */
    private static final Duration PUSH_TIMEOUT = Duration.ofMillis(20);

    private final BrokerConfig config;
    private final NatsConfig nats;
    private final NatsSeeds seeds;
    private final GatewayIdentity gateway;
    private final Clock clock;
    private final Map<Key, TenantLink> links = new ConcurrentHashMap<>();
    private final CountDownLatch closing = new CountDownLatch(1);

    /** What a link carries; what one carries does not get in the way of the other. */
    public enum Use {
        /** What agents send and hear. */
        AGENTS,
        /** What dashboards look at: as much as they ask for. */
        DASHBOARDS
    }

    private record Key(TenantId tenant, Use use) {}

    TenantLinks(
            BrokerConfig config,
            NatsConfig nats,
            NatsSeeds seeds,
            GatewayIdentity gateway,
            Clock clock) {
        this.config = config;
        this.nats = nats;
        this.seeds = seeds;
        this.gateway = gateway;
        this.clock = clock;
    }

    public void start() {
        Thread.ofVirtual().name("tenant-links").start(this::sweep);
    }

    /** A share in the link of the tenant's agents. */
    public TenantLink lease(TenantId tenant) throws InterruptedException {
        return lease(tenant, Use.AGENTS);
    }

    /** A share in the tenant's link, to be {@linkplain TenantLink#release() released}. */
    public TenantLink lease(TenantId tenant, Use use) throws InterruptedException {
        TenantLink link =
                links.compute(
                        new Key(tenant, use),
                        (_, open) -> {
                            if (open != null && open.lease()) {
                                return open;
                            }
                            TenantLink fresh =
                                    TenantLink.open(
                                            tenant, gateway.id(), config, clock, options(tenant));
                            fresh.lease();
                            return fresh;
                        });
        link.awaitUp(config.connectPatience());
        return link;
    }

    private Options options(TenantId tenant) {
        Seed seed = seeds.seed(SlotKey.SEED);
        return NatsOptions.named(new ConnectionOwner.Gateway(tenant, gateway.id()).userName())
                .urls(nats.url())
                .seed(seed)
                .bufferBytes(config.bufferBytes())
                // more than are let in, so that a publish never waits for the queue
                .maxQueued(config.congestedMessages() * 4)
                .toBuilder()
                .supportUTF8Subjects()
                .writeQueuePushTimeout(PUSH_TIMEOUT)
                .build();
    }

    public int size() {
        return links.size();
    }

    /** How many of the links have no connection now. */
    public long down() {
        return links.values().stream().filter(link -> !link.isUp()).count();
    }

    /** Messages dropped on the present connections, see {@link BrokerConfig#pendingMessages}. */
    public long dropped() {
        return dropped(Use.AGENTS);
    }

    public long dropped(Use use) {
        return links.entrySet().stream()
                .filter(link -> link.getKey().use() == use)
                .mapToLong(link -> link.getValue().dropped())
                .sum();
    }

    /** Sends out what waits, and closes all links. */
    public void close(Duration patience) {
        closing.countDown();
        List<Thread> closers = new ArrayList<>();
        links.values()
                .forEach(
                        link -> closers.add(Thread.startVirtualThread(() -> link.close(patience))));
        try {
            for (Thread closer : closers) {
                closer.join(patience.plusSeconds(1));
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void sweep() {
        try {
            while (!closing.await(SWEEP.toMillis(), TimeUnit.MILLISECONDS)) {
                links.forEach((key, link) -> {
                    if (link.closeIfIdle()) {
                        links.remove(key, link);
                    }
                });
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
