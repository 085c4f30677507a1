package ai.artcafe.tracker.anomaly;

import ai.artcafe.model.anomaly.AnomalyAlert;

/**
 * Tells everyone on the platform's bus. Neither waits nor fails; what cannot be sent is counted.
 */
@FunctionalInterface
public interface Alerts {

    void tell(AnomalyAlert alert);
}
