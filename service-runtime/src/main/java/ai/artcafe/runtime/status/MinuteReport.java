package ai.artcafe.runtime.status;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What one instance of a service says of one minute: all of it so far. Each part stands for itself
 * and replaces what the instance said of it before, unless that had come further.
 *
 * @param service {@code gateway}, {@code tracker} or {@code metrics}
 * @param instance one run of one process
 * @param minute its beginning
 * @param activity what the instance did; empty in a report of requests only
 * @param requests of agents
 */
public record MinuteReport(
        String service,
        String instance,
        Instant minute,
        Optional<ServiceActivity> activity,
        List<AgentRequests> requests) {

    public MinuteReport {
        if (!service.matches("[a-z0-9-]{1,40}")) {
            throw new IllegalArgumentException("service must be [a-z0-9-]: " + service);
        }
        if (!instance.matches("[a-z0-9-]{1,64}")) {
            throw new IllegalArgumentException("instance must be [a-z0-9-]: " + instance);
        }
        requests = List.copyOf(requests);
    }
}
