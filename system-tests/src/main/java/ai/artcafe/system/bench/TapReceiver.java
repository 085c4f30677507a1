package ai.artcafe.system.bench;

import ai.artcafe.model.identity.Slot;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.subject.PlatformSubjects;
import ai.artcafe.model.subject.SubjectScheme;
import ai.artcafe.nats.NatsConfig;
import ai.artcafe.nats.NatsOptions;
import ai.artcafe.nats.NatsSeeds;
import ai.artcafe.tracker.flow.FlowFeed;
import ai.artcafe.tracker.flow.FlowFeedConfig;
import ai.artcafe.tracker.flow.store.RedisFlowStore;
import ai.artcafe.tracker.reconcile.SlotMap;
import ai.artcafe.tracker.tap.ControlIntake;
import ai.artcafe.tracker.tap.ControlTally;
import ai.artcafe.tracker.tap.TapConfig;
import ai.artcafe.tracker.tap.TapIntake;
import ai.artcafe.tracker.tap.TapWindows;
import ai.artcafe.tracker.tap.broker.Tap;
import io.nats.client.Connection;
import io.nats.client.Dispatcher;
import io.nats.client.Nats;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.redis.client.Redis;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Receives all messages of all slots: either with a dispatcher that does nothing, or with the
 * tracker's tap and all that it does with what it sees, to Redis.
 */
final class TapReceiver {

    private static final long STEP_NANOS = 1_000_000;

    /** Held, or its level would be forgotten. */
    private static final Logger LOGGER = Logger.getLogger("ai.artcafe");

    /** The two ways to receive. */
    enum Kind {
        EMPTY_DISPATCHER,
        TRACKER_TAP
    }

    private TapReceiver() {}

    /**
     * @param args the kind, the NATS server's URL, the folder of the seeds, the number of slots,
     *     Redis' URL, the slot and the tenant in it, the file of the {@link SharedCount}
     */
    public static void main(String[] args) throws Exception {
        LOGGER.setLevel(Level.WARNING);
        var config =
                new SmallRyeConfigBuilder()
                        .addDiscoveredConverters()
                        .withMapping(NatsConfig.class)
                        .withMapping(TapConfig.class)
                        .withMapping(FlowFeedConfig.class)
                        .withDefaultValues(
                                Map.of(
                                        "artcafe.nats.url",
                                        args[1],
                                        "artcafe.nats.keys-directory",
                                        args[2],
                                        "artcafe.nats.slots",
                                        args[3]))
                        .build();
        NatsConfig nats = config.getConfigMapping(NatsConfig.class);
        TapConfig tap = config.getConfigMapping(TapConfig.class);
        LongSupplier received =
                switch (Kind.valueOf(args[0])) {
                    case EMPTY_DISPATCHER ->
                            emptyDispatcher(nats, new NatsSeeds(nats, config), tap);
                    case TRACKER_TAP -> {
                        Tap made = tap(nats, new NatsSeeds(nats, config), tap);
                        feed(
                                made,
                                Map.of(new Slot(args[5]), new TenantId(args[6])),
                                Redis.createClient(Vertx.vertx(), args[4]),
                                tap,
                                config.getConfigMapping(FlowFeedConfig.class));
                        yield made::messages;
                    }
                };
        SharedCount count = SharedCount.in(Path.of(args[7]));
        while (!Thread.currentThread().isInterrupted()) {
            count.set(received.getAsLong());
            LockSupport.parkNanos(STEP_NANOS);
        }
    }

    private static Tap tap(NatsConfig nats, NatsSeeds seeds, TapConfig config) {
        Clock clock = Clock.systemUTC();
        SubjectScheme scheme = SubjectScheme.standard();
        ControlIntake control =
                new ControlIntake(scheme, new ControlTally(scheme, config, clock), (_, _, _) -> {});
        return Tap.open(nats, seeds, config, new TapIntake(control, clock));
    }

    /** All that a tracker does with what its tap sees, to Redis. */
    private static void feed(
            Tap tap,
            Map<Slot, TenantId> tenants,
            Redis redis,
            TapConfig config,
            FlowFeedConfig feedConfig) {
        Clock clock = Clock.systemUTC();
        SlotMap slots = new SlotMap(() -> tenants, clock);
        TapWindows windows = new TapWindows(tap.lanes(), slots::sample, clock);
        FlowFeed feed =
                new FlowFeed(
                        new RedisFlowStore(redis, feedConfig),
                        new FlowFeed.Source("bench", slots, () -> true),
                        SubjectScheme.standard(),
                        feedConfig,
                        clock);
        ScheduledExecutorService executor = Executors.newScheduledThreadPool(2);
        every(
                executor,
                config.window(),
                () -> {
                    slots.refresh();
                    feed.take(windows.cut());
                });
        every(executor, feedConfig.interval(), feed::write);
    }

    private static void every(ScheduledExecutorService executor, Duration interval, Runnable task) {
        Runnable loud =
                () -> {
                    try {
                        task.run();
                    } catch (RuntimeException e) {
                        LOGGER.log(Level.SEVERE, "the tap's flow failed", e);
                    }
                };
        ScheduledFuture<?> repeated =
                executor.scheduleAtFixedRate(
                        loud, interval.toNanos(), interval.toNanos(), TimeUnit.NANOSECONDS);
        if (repeated.isCancelled()) {
            throw new IllegalStateException("not scheduled");
        }
    }

    private static LongSupplier emptyDispatcher(NatsConfig nats, NatsSeeds seeds, TapConfig config)
            throws IOException, InterruptedException {
        Connection connection =
                Nats.connect(
                        NatsOptions.named("bench-tap")
                                .urls(nats.url())
                                .seed(seeds.seed("tap"))
                                .build());
        Dispatcher dispatcher = connection.createDispatcher(_ -> {});
        dispatcher.setPendingLimits(config.maxPendingMessages(), config.maxPendingBytes());
        for (int number = 1; number <= nats.slots(); number++) {
            dispatcher.subscribe(Slot.number(number) + ".>", PlatformSubjects.TRACKER_QUEUE);
        }
        return dispatcher::getDeliveredCount;
    }
}
