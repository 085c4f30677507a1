package ai.artcafe.gateway.dashboard;

import ai.artcafe.gateway.dashboard.broker.PictureAnswer;
import ai.artcafe.gateway.dashboard.broker.PictureRequests;
import ai.artcafe.gateway.frame.MessageFrame;
import ai.artcafe.gateway.telemetry.DashboardMeters;
import ai.artcafe.model.identity.TenantId;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The live pictures of the tenants that anyone watches here: asked for once a second each, however
 * many watch. While nobody can tell, the last known one goes out, marked as such. Thread-safe.
 */
@ApplicationScoped
class LivePictures {

    private static final long PERIOD_MS = 1000;

    private final PictureRequests requests;
    private final DashboardFrames frames;
    private final DashboardConfig config;
    private final DashboardMeters meters;
    private final Clock clock;
    private final ConcurrentMap<TenantId, Feed> feeds = new ConcurrentHashMap<>();
    private final CountDownLatch closing = new CountDownLatch(1);

    LivePictures(
            PictureRequests requests,
            DashboardFrames frames,
            DashboardConfig config,
            DashboardMeters meters,
            Clock clock) {
        this.requests = requests;
        this.frames = frames;
        this.config = config;
        this.meters = meters;
        this.clock = clock;
    }

    void start() {
        Thread.ofVirtual().name("live-pictures").start(this::askAgainAndAgain);
    }

    void close() {
        closing.countDown();
    }

    /** Shows the tenant's pictures to the viewer, from now on once a second. */
    void watch(TenantId tenant, Viewer viewer) {
        feeds.compute(
                        tenant,
                        (_, open) -> {
                            Feed feed = open == null ? new Feed(tenant) : open;
                            feed.viewers.add(viewer);
                            return feed;
                        })
                .ask();
    }

    void leave(TenantId tenant, Viewer viewer) {
        feeds.computeIfPresent(
                tenant,
                (_, feed) -> {
                    feed.viewers.remove(viewer);
                    return feed.viewers.isEmpty() ? null : feed;
                });
    }

    private void askAgainAndAgain() {
        try {
            while (!closing.await(PERIOD_MS, TimeUnit.MILLISECONDS)) {
                feeds.values().forEach(Feed::ask);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** One tenant's. */
    private final class Feed {

        private final TenantId tenant;
        private final Set<Viewer> viewers = ConcurrentHashMap.newKeySet();
        private final AtomicBoolean asking = new AtomicBoolean();
        private volatile Optional<byte[]> last = Optional.empty();

        private Feed(TenantId tenant) {
            this.tenant = tenant;
        }

        /** One question at a time. */
        void ask() {
            if (asking.compareAndSet(false, true)) {
                CompletableFuture.completedFuture(config.pictureTimeout())
                        .thenCompose(patience -> requests.ask(tenant, patience))
                        .thenApply(this::frame)
                        .thenAccept(this::show)
                        .whenComplete((_, _) -> asking.set(false));
            }
        }

        private byte[] frame(PictureAnswer answer) {
            return switch (answer) {
                case PictureAnswer.Seen(byte[] json, boolean stale) ->
                        frames.checked(json)
                                .map(picture -> seen(picture, stale))
                                .orElseGet(() -> lastKnown("refused"));
                case PictureAnswer.Refused() -> lastKnown("refused");
                case PictureAnswer.Away() -> lastKnown("away");
            };
        }

        private byte[] seen(byte[] picture, boolean stale) {
            last = Optional.of(picture);
            meters.picture(stale ? "stale" : "fresh");
            return frames.metrics(last, stale, clock.millis());
        }

        private byte[] lastKnown(String outcome) {
            meters.picture(outcome);
            return frames.metrics(last, true, clock.millis());
        }

        private void show(byte[] frame) {
            MessageFrame shown = new MessageFrame(frame, 0, Optional.empty());
            viewers.forEach(viewer -> viewer.show(shown));
        }
    }
}
