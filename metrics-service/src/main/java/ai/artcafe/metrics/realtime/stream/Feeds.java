package ai.artcafe.metrics.realtime.stream;

import ai.artcafe.metrics.answer.Rendering;
import ai.artcafe.metrics.realtime.Picture;
import ai.artcafe.metrics.realtime.Pictures;
import ai.artcafe.metrics.telemetry.MetricNames;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.runtime.store.StoreOutages;
import ai.artcafe.runtime.store.TenantRecord;
import ai.artcafe.runtime.store.Tenants;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * One feed for each tenant that anyone watches: it begins with the first watcher and ends with the
 * last. Each look reads the tenant's record, so that a change of plan shows. Thread-safe.
 */
@ApplicationScoped
class Feeds {

    private static final Logger LOG = Logger.getLogger(Feeds.class);

    private final Tenants tenants;
    private final Pictures pictures;
    private final Rendering rendering;
    private final StreamConfig config;
    private final ConcurrentMap<TenantId, Feed> feeds = new ConcurrentHashMap<>();

    Feeds(
            Tenants tenants,
            Pictures pictures,
            Rendering rendering,
            StreamConfig config,
            MeterRegistry metrics) {
        this.tenants = tenants;
        this.pictures = pictures;
        this.rendering = rendering;
        this.config = config;
        metrics.gauge(MetricNames.FEEDS, this, Feeds::size);
    }

    /**
     * A first look.
     *
     * @throws ai.artcafe.runtime.store.StoreAwayException when a store is away and nothing is known
     */
    Sight.Seen look(TenantRecord tenant) {
        Picture picture = pictures.of(tenant);
        return new Sight.Seen(rendering.of(picture.answer()).text(), picture.track());
    }

    void watch(TenantId tenant, Consumer<Sight> watcher) {
        feeds.compute(
                tenant,
                (_, running) -> {
                    Feed feed = Optional.ofNullable(running).orElseGet(() -> started(tenant));
                    feed.add(watcher);
                    return feed;
                });
    }

    void leave(TenantId tenant, Consumer<Sight> watcher) {
        feeds.computeIfPresent(
                tenant,
                (_, feed) -> {
                    feed.remove(watcher);
                    if (feed.isWatched()) {
                        return feed;
                    }
                    feed.stop();
                    return null;
                });
    }

    /** How many tenants are watched. */
    int size() {
        return feeds.size();
    }

    private Feed started(TenantId tenant) {
        Feed feed = new Feed(() -> look(tenant), config.every());
        feed.start("feed-" + tenant);
        return feed;
    }

    private Sight look(TenantId tenant) {
        try {
            return tenants.find(tenant).<Sight>map(this::look).orElseGet(Sight.Gone::new);
        } catch (RuntimeException error) {
            if (StoreOutages.storeAway(error).isEmpty()) {
                LOG.errorf(error, "look failed tenant=%s", tenant);
            }
            return new Sight.Unknown();
        }
    }
}
