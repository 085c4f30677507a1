package ai.artcafe.tracker.anomaly;

import ai.artcafe.model.anomaly.Anomaly;
import ai.artcafe.model.anomaly.AnomalyAlert;
import ai.artcafe.model.anomaly.AnomalyType;
import ai.artcafe.model.anomaly.Band;
import ai.artcafe.model.anomaly.Dimension;
import ai.artcafe.model.anomaly.Direction;
import ai.artcafe.model.anomaly.Severity;
import ai.artcafe.tracker.reconcile.Finding;
import ai.artcafe.tracker.reconcile.Findings;
import ai.artcafe.tracker.reconcile.ReconcileConfig;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the ledger has found, among the anomalies: kept with them and told of like them, of tenants
 * of every tier. Each is told of once, though it may have to be written more often.
 */
@ApplicationScoped
public class LedgerFindings implements Findings {

    /** As many are remembered as told. */
    private static final int TOLD = 1_000;

    private final AnomalyStore store;
    private final Alerts alerts;
    private final ReconcileConfig config;
    private final Clock clock;

    /** The oldest goes first. */
    private final Set<String> told =
            Collections.synchronizedSet(
                    Collections.newSetFromMap(
                            new LinkedHashMap<>() {
                                private static final long serialVersionUID = 1L;

                                @Override
                                protected boolean removeEldestEntry(
                                        Map.Entry<String, Boolean> eldest) {
                                    return size() > TOLD;
                                }
                            }));

    @Inject
    public LedgerFindings(AnomalyStore store, Alerts alerts, ReconcileConfig config, Clock clock) {
        this.store = store;
        this.alerts = alerts;
        this.config = config;
        this.clock = clock;
    }

    @Override
    public void keep(Finding finding) {
        Anomaly anomaly = anomaly(finding);
        if (told.add(finding.tenant() + "/" + finding.startedAt() + "/" + finding.id())) {
            alerts.tell(new AnomalyAlert(AnomalyAlert.Event.BEGAN, clock.instant(), anomaly));
        }
        store.keep(anomaly, config.findingLife());
    }

    private static Anomaly anomaly(Finding finding) {
        return new Anomaly(
                finding.tenant(),
                finding.id(),
                switch (finding.type()) {
                    case COUNTER_BYPASS -> AnomalyType.COUNTER_BYPASS;
                    case AGENT_DISABLED -> AnomalyType.AGENT_DISABLED;
                },
                Dimension.LEDGER,
                switch (finding.severity()) {
                    case CRITICAL -> Severity.CRITICAL;
                },
                finding.startedAt(),
                Optional.of(finding.endedAt()),
                Optional.of(Direction.ABOVE),
                finding.observed(),
                new Band(finding.low(), finding.high()),
                finding.agent(),
                Optional.empty(),
                finding.explanation());
    }
}
