package ai.artcafe.metrics.status;

import ai.artcafe.runtime.status.EndpointActivity;
import java.util.Optional;

/**
 * HTTP requests and their answers.
 *
 * @param refused answered with 4xx: the requests' fault
 * @param failed answered with 5xx: ours
 * @param successRate the share that did not fail
 * @param errorRate the share that failed
 */
public record RequestsView(
        long requests,
        long refused,
        long failed,
        Optional<Double> successRate,
        Optional<Double> errorRate,
        Optional<ResponseTimes> responseMs) {

    static RequestsView of(EndpointActivity activity) {
        long requests = activity.requests();
        return new RequestsView(
                requests,
                activity.refused(),
                activity.failed(),
                Rate.of(requests - activity.failed(), requests),
                Rate.of(activity.failed(), requests),
                ResponseTimes.of(activity.millis()));
    }
}
