package ai.artcafe.tracker;

import ai.artcafe.nats.NatsConfig;
import ai.artcafe.nats.NatsSeeds;
import ai.artcafe.stack.LocalStack;
import ai.artcafe.tracker.reading.ReadingConfig;
import ai.artcafe.tracker.reconcile.ReconcileConfig;
import ai.artcafe.tracker.rollup.RollupConfig;
import ai.artcafe.tracker.tap.TapConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Clock;
import java.util.Map;

/** Starts trackers against a local stack, as the service does. */
public final class TrackerUnderTest {

    private TrackerUnderTest() {}

    public static Tracker start(LocalStack stack, TestStores stores) {
        return start(stack, stores, Map.of(), Clock.systemUTC());
    }

    public static Tracker start(
            LocalStack stack, TestStores stores, Map<String, String> settings, Clock clock) {
        NatsConfig nats = nats(stack);
        return Tracker.start(
                new Tracker.Settings(
                        nats,
                        Settings.of(ReadingConfig.class, settings),
                        Settings.of(TapConfig.class, settings),
                        Settings.of(RollupConfig.class, settings),
                        Settings.of(ReconcileConfig.class, settings)),
                new NatsSeeds(nats, new SmallRyeConfigBuilder().build()),
                stores.ledger(),
                stores.lease(),
                stores.flush(clock),
                stores.recovery(clock),
                stores.witnesses(clock),
                _ -> {},
                clock);
    }

    public static NatsConfig nats(LocalStack stack) {
        return Settings.of(
                NatsConfig.class,
                Map.of(
                        "artcafe.nats.url", stack.natsUrl().toString(),
                        "artcafe.nats.keys-directory", stack.keysDirectory().toString(),
                        "artcafe.nats.slots", Integer.toString(stack.layout().slots())));
    }

    /** Ends it as a kill would: nothing is polled, applied or written any more. */
    public static void kill(Tracker tracker) {
        tracker.abandon();
    }
}
