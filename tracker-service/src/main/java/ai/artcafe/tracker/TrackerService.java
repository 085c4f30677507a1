package ai.artcafe.tracker;

import ai.artcafe.nats.NatsConfig;
import ai.artcafe.nats.NatsSeeds;
import ai.artcafe.tracker.flow.FlowFeedConfig;
import ai.artcafe.tracker.flow.FlowStore;
import ai.artcafe.tracker.flow.LivePicture;
import ai.artcafe.tracker.ledger.Lease;
import ai.artcafe.tracker.ledger.Ledger;
import ai.artcafe.tracker.reading.ReadingConfig;
import ai.artcafe.tracker.reconcile.ReconcileConfig;
import ai.artcafe.tracker.reconcile.WitnessStores;
import ai.artcafe.tracker.recovery.Recovery;
import ai.artcafe.tracker.rollup.RollupConfig;
import ai.artcafe.tracker.rollup.RollupFlush;
import ai.artcafe.tracker.tap.ControlListener;
import ai.artcafe.tracker.tap.TapConfig;
import ai.artcafe.tracker.telemetry.TrackerMetrics;
import io.quarkus.arc.All;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;

/** The tracker of this process. */
@Startup
@ApplicationScoped
public class TrackerService {

    private final Tracker tracker;

    @Inject
    TrackerService(
            NatsConfig nats,
            ReadingConfig reading,
            TapConfig tap,
            RollupConfig rollup,
            NatsSeeds seeds,
            Ledger ledger,
            Lease lease,
            RollupFlush flush,
            Recovery recovery,
            ReconcileConfig reconcile,
            WitnessStores witnesses,
            FlowStore flow,
            FlowFeedConfig feed,
            @All List<ControlListener> control,
            TrackerMetrics metrics,
            Clock clock) {
        this.tracker =
                Tracker.start(
                        new Tracker.Settings(nats, reading, tap, rollup, reconcile),
                        seeds,
                        ledger,
                        lease,
                        flush,
                        recovery,
                        witnesses,
                        new LivePicture(flow, feed, all(control)),
                        metrics::window,
                        clock);
        metrics.bind(tracker);
    }

    private static ControlListener all(List<ControlListener> listeners) {
        return (slot, control, payload) -> {
            for (ControlListener listener : listeners) {
                listener.heard(slot, control, payload);
            }
        };
    }

    public Tracker tracker() {
        return tracker;
    }

    void stop(@Observes ShutdownEvent event) {
        tracker.close();
    }
}
