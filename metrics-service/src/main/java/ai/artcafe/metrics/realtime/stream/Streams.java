package ai.artcafe.metrics.realtime.stream;

import ai.artcafe.metrics.telemetry.MetricNames;
import ai.artcafe.model.problem.ErrorCode;
import ai.artcafe.model.problem.ProblemException;
import ai.artcafe.runtime.access.TenantAccess;
import ai.artcafe.runtime.store.TenantRecord;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.benmanes.caffeine.cache.Ticker;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/** All streams of live pictures of this process. Thread-safe. */
@ApplicationScoped
class Streams {

    private static final Logger LOG = Logger.getLogger(Streams.class);
    private static final long CHECK_MILLIS = 500;
    private static final Duration FAREWELL = Duration.ofSeconds(1);

    private final Feeds feeds;
    private final StreamConfig config;
    private final ObjectMapper json;
    private final Clock clock;
    private final Vertx vertx;
    private final MeterRegistry metrics;
    private final Counter skipped;
    private final StreamPlaces places;
    private final Set<PictureStream> open = ConcurrentHashMap.newKeySet();
    private volatile boolean isDraining;

    Streams(
            Feeds feeds,
            StreamConfig config,
            ObjectMapper json,
            Clock clock,
            Vertx vertx,
            MeterRegistry metrics) {
        this.feeds = feeds;
        this.config = config;
        this.json = json;
        this.clock = clock;
        this.vertx = vertx;
        this.metrics = metrics;
        this.skipped = metrics.counter(MetricNames.PICTURES_SKIPPED);
        this.places = new StreamPlaces(config);
        metrics.gauge(MetricNames.STREAMS, this, Streams::size);
    }

    void start(@Observes StartupEvent event) {
        vertx.setPeriodic(CHECK_MILLIS, _ -> check());
    }

    /**
     * Opens a stream; its place is free again when it ends.
     *
     * @param told the second that the client was told last, should it come back
     * @param cut breaks the client's connection
     * @throws ProblemException {@code limit_exceeded} when there are too many, {@code draining}
     *     while the service stops
     * @throws ai.artcafe.runtime.store.StoreAwayException when a store is away and nothing is known
     */
    Multi<OutboundSseEvent> open(
            TenantAccess who, TenantRecord tenant, OptionalLong told, Sse sse, Runnable cut) {
        if (isDraining) {
            throw ErrorCode.DRAINING.because("This server is going away: try again.");
        }
        places.take(who);
        try {
            Sight.Seen first = feeds.look(tenant);
            PictureStream stream =
                    new PictureStream(
                            who,
                            told,
                            new Wording(sse, json),
                            config,
                            Ticker.systemTicker(),
                            cut,
                            new Watching());
            open.add(stream);
            return stream.events(first);
        } catch (RuntimeException error) {
            places.giveBack(who);
            throw error;
        }
    }

    /** Before the HTTP server waits for open requests, which streams would be until the end. */
    void drain(@Observes ShutdownDelayInitiatedEvent event) {
        endAll();
    }

    void stop(@Observes ShutdownEvent event) {
        endAll();
    }

    /** How many are open. */
    int size() {
        return places.taken();
    }

    private void endAll() {
        isDraining = true;
        open.forEach(stream -> stream.end(Ending.DRAINING));
        long deadline = System.nanoTime() + FAREWELL.toNanos();
        while (!open.isEmpty() && System.nanoTime() < deadline) {
            LockSupport.parkNanos(1_000_000);
        }
        if (!open.isEmpty()) {
            LOG.warnf("some streams did not end in time streams=%d", open.size());
            open.forEach(PictureStream::breakOff);
        }
    }

    private void check() {
        Instant now = clock.instant();
        open.forEach(stream -> stream.check(now));
    }

    /** What happens with one of them. */
    private final class Watching implements PictureStream.Life {

        private volatile Optional<Consumer<Sight>> watcher = Optional.empty();

        @Override
        public void began(PictureStream stream) {
            Consumer<Sight> shown = stream::show;
            watcher = Optional.of(shown);
            feeds.watch(stream.who().tenant(), shown);
        }

        @Override
        public void skipped() {
            skipped.increment();
        }

        @Override
        public void over(PictureStream stream, Optional<Ending> ending) {
            watcher.ifPresent(shown -> feeds.leave(stream.who().tenant(), shown));
            open.remove(stream);
            places.giveBack(stream.who());
            metrics.counter(
                            MetricNames.STREAMS_ENDED,
                            MetricNames.REASON,
                            ending.map(Ending::id).orElse("client"))
                    .increment();
        }
    }
}
