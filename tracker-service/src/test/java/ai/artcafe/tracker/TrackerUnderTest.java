package ai.artcafe.tracker;

import ai.artcafe.nats.NatsConfig;
import ai.artcafe.nats.NatsSeeds;
import ai.artcafe.stack.LocalStack;
import ai.artcafe.tracker.flow.FlowFeedConfig;
import ai.artcafe.tracker.flow.LivePicture;
import ai.artcafe.tracker.ledger.Ledger;
import ai.artcafe.tracker.reading.ReadingConfig;
import ai.artcafe.tracker.reconcile.ReconcileConfig;
import ai.artcafe.tracker.rollup.RollupConfig;
import ai.artcafe.tracker.tap.ControlListener;
import ai.artcafe.tracker.tap.TapConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;

/** Starts trackers against a local stack, as the service does. */
public final class TrackerUnderTest {

    private TrackerUnderTest() {}

    public static Tracker start(LocalStack stack, TestStores stores) {
        return start(stack, stores, Map.of(), Clock.systemUTC());
    }

    public static Tracker start(
            LocalStack stack, TestStores stores, Map<String, String> settings, Clock clock) {
        return start(stack, stores, settings, (_, _, _) -> {}, clock);
    }

    /**
     * @param heard hears control messages
     */
    public static Tracker start(
            LocalStack stack,
            TestStores stores,
            Map<String, String> settings,
            ControlListener heard,
            Clock clock) {
        return start(stack, stores, settings, stores.ledger(), heard, clock);
    }

    /**
     * @param ledger what the servers' readings go to
     * @param heard hears control messages
     */
    public static Tracker start(
            LocalStack stack,
            TestStores stores,
            Map<String, String> settings,
            Ledger ledger,
            ControlListener heard,
            Clock clock) {
        NatsConfig nats = nats(stack, settings);
        return Tracker.start(
                new Tracker.Settings(
                        nats,
                        Settings.of(ReadingConfig.class, settings),
                        Settings.of(TapConfig.class, settings),
                        Settings.of(RollupConfig.class, settings),
                        Settings.of(ReconcileConfig.class, settings)),
                new NatsSeeds(nats, new SmallRyeConfigBuilder().build()),
                ledger,
                stores.lease(),
                stores.flush(clock),
                stores.recovery(clock),
                stores.witnesses(clock),
                new LivePicture(stores.flow(), Settings.of(FlowFeedConfig.class, settings), heard),
                _ -> {},
                clock);
    }

    public static NatsConfig nats(LocalStack stack) {
        return nats(stack, Map.of());
    }

    private static NatsConfig nats(LocalStack stack, Map<String, String> settings) {
        Map<String, String> nats = new HashMap<>();
        nats.put("artcafe.nats.url", stack.natsUrl().toString());
        nats.put("artcafe.nats.keys-directory", stack.keysDirectory().toString());
        nats.put("artcafe.nats.slots", Integer.toString(stack.layout().slots()));
        settings.forEach(nats::replace);
        return Settings.of(NatsConfig.class, nats);
    }

    /** Ends it as a kill would: nothing is polled, applied or written any more. */
    public static void kill(Tracker tracker) {
        tracker.abandon();
    }
}
