package ai.artcafe.tracker.anomaly;

import ai.artcafe.tracker.flow.FlowHistory;
import ai.artcafe.tracker.flow.FlowListener;
import ai.artcafe.tracker.flow.FlowMinute;
import ai.artcafe.tracker.ledger.Lease;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;

/** The watch over anomalies of this process. */
@Singleton
public final class AnomalyService implements FlowListener {

    private final AnomalyWatch watch;

    @Inject
    AnomalyService(
            Lease lease,
            FlowHistory history,
            ToldMinutes told,
            AnomalyStore store,
            StateBoard board,
            Alerts alerts,
            AnomalyConfig config,
            Clock clock) {
        this.watch =
                new AnomalyWatch(
                        new AnomalyWatch.Parts(lease::holds, history, told, store, board, alerts),
                        config,
                        new AnomalyCounts(),
                        clock);
    }

    @Override
    public void minute(FlowMinute minute) {
        watch.minute(minute);
    }

    public AnomalyWatch watch() {
        return watch;
    }
}
