package ai.artcafe.metrics.status;

import ai.artcafe.runtime.status.RequestActivity;
import java.util.Optional;

/**
 * Requests to agents.
 *
 * @param timedOut without a reply in time, or with nobody there
 * @param failed with a reply that says so, or not taken
 * @param successRate the share that was answered
 * @param errorRate the share that was not
 * @param responseMs of those that were
 */
public record AgentRequestsView(
        long requests,
        long answered,
        long timedOut,
        long failed,
        Optional<Double> successRate,
        Optional<Double> errorRate,
        Optional<ResponseTimes> responseMs) {

    static AgentRequestsView of(RequestActivity activity) {
        long requests = activity.requests();
        return new AgentRequestsView(
                requests,
                activity.answered(),
                activity.timedOut(),
                activity.failed(),
                Rate.of(activity.answered(), requests),
                Rate.of(requests - activity.answered(), requests),
                ResponseTimes.of(activity.millis()));
    }
}
