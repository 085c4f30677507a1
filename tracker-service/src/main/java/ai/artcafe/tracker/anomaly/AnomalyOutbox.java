package ai.artcafe.tracker.anomaly;

import ai.artcafe.model.anomaly.Anomaly;
import ai.artcafe.model.plan.Tier;
import ai.artcafe.tracker.reconcile.StoreUnavailableException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jboss.logging.Logger;

/**
 * Anomalies on their way to the store, the latest of each only; what cannot be written waits for
 * the next time. Thread-safe.
 */
final class AnomalyOutbox {

    private static final Logger LOG = Logger.getLogger(AnomalyOutbox.class);

    /** As many wait at most; beyond it the oldest is given up, with an error in the log. */
    private static final int WAITING = 10_000;

    private final AnomalyStore store;
    // guarded by itself
    private final SequencedMap<String, Anomaly> waiting = new LinkedHashMap<>();

    AnomalyOutbox(AnomalyStore store) {
        this.store = store;
    }

    void put(Anomaly anomaly) {
        synchronized (waiting) {
            waiting.put(key(anomaly), anomaly);
            if (waiting.size() > WAITING) {
                waiting.pollFirstEntry();
                LOG.error("Too many anomalies wait for their store: the oldest is given up");
            }
        }
    }

    /** Writes what waits; ends at the first that cannot be written. */
    void flush() {
        for (Anomaly next : copy()) {
            try {
                store.keep(next, Tier.ENTERPRISE.detailRetention());
            } catch (StoreUnavailableException e) {
                LOG.warnf(
                        "Anomaly not written, will be tried again: tenant=%s id=%s reason=%s",
                        next.tenantId(), next.id(), e.getMessage());
                return;
            }
            synchronized (waiting) {
                waiting.remove(key(next), next);
            }
        }
    }

    private List<Anomaly> copy() {
        synchronized (waiting) {
            return List.copyOf(waiting.values());
        }
    }

    int waiting() {
        synchronized (waiting) {
            return waiting.size();
        }
    }

    private static String key(Anomaly anomaly) {
        return anomaly.tenantId() + "/" + anomaly.startedAt() + "/" + anomaly.id();
    }
}
