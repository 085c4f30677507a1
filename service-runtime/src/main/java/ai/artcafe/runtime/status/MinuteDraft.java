package ai.artcafe.runtime.status;

import ai.artcafe.model.flow.DistinctItems;
import ai.artcafe.model.flow.Distribution;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What happens in a minute, as it happens. Whoever holds it guards it. */
final class MinuteDraft {

    private static final int SUCCESSES = 0;
    private static final int TIMEOUTS = 1;
    private static final int FAILURES = 2;

    private final int maxEndpoints;
    private final int maxAgents;
    private final Map<String, Answers> endpoints = new HashMap<>();
    private final Map<RequestParty, Requests> agents = new HashMap<>();
    private final DistinctItems sessions = new DistinctItems();
    private final DistinctItems networks = new DistinctItems();
    private final Requests allRequests = new Requests();
    private long looks;
    private long healthyLooks;

    MinuteDraft(int maxEndpoints, int maxAgents) {
        this.maxEndpoints = maxEndpoints;
        this.maxAgents = maxAgents;
    }

    private static final class Answers {
        final SortedMap<Integer, Long> statuses = new TreeMap<>();
        final Distribution millis = new Distribution();
    }

    private static final class Requests {
        final long[] outcomes = new long[3];
        final Distribution millis = new Distribution();

        void add(Requests other) {
            for (int i = 0; i < outcomes.length; i++) {
                outcomes[i] += other.outcomes[i];
            }
            millis.merge(other.millis);
        }

        void add(RequestOutcome outcome, Duration took) {
            switch (outcome) {
                case ANSWERED -> {
                    outcomes[SUCCESSES]++;
                    millis.add(millis(took), 1);
                }
                case TIMED_OUT -> outcomes[TIMEOUTS]++;
                case FAILED -> outcomes[FAILURES]++;
            }
        }

        RequestActivity activity() {
            return new RequestActivity(
                    outcomes[SUCCESSES],
                    outcomes[TIMEOUTS],
                    outcomes[FAILURES],
                    Sketches.sum(millis, new Distribution()));
        }
    }

    void answered(String endpoint, int status, Duration took) {
        Answers answers = answers(endpoint);
        answers.statuses.merge(bounded(status), 1L, Long::sum);
        answers.millis.add(millis(took), 1);
    }

    void session(String hash) {
        sessions.add(hash);
    }

    void network(String network) {
        networks.add(network);
    }

    void requested(RequestParty party, RequestOutcome outcome, Duration took) {
        allRequests.add(outcome, took);
        requests(party).ifPresent(requests -> requests.add(outcome, took));
    }

    void looked(boolean healthy) {
        looks++;
        if (healthy) {
            healthyLooks++;
        }
    }

    void add(MinuteDraft other) {
        other.endpoints.forEach((endpoint, theirs) -> {
            Answers ours = answers(endpoint);
            theirs.statuses.forEach(
                    (status, count) -> ours.statuses.merge(status, count, Long::sum));
            ours.millis.merge(theirs.millis);
        });
        other.agents.forEach(
                (party, theirs) -> requests(party).ifPresent(ours -> ours.add(theirs)));
        allRequests.add(other.allRequests);
        sessions.merge(other.sessions);
        networks.merge(other.networks);
        looks += other.looks;
        healthyLooks += other.healthyLooks;
    }

    ServiceActivity activity() {
        SortedMap<String, EndpointActivity> all = new TreeMap<>();
        endpoints.forEach((endpoint, answers) ->
                all.put(
                        endpoint,
                        new EndpointActivity(
                                answers.statuses,
                                Sketches.sum(answers.millis, new Distribution()))));
        return new ServiceActivity(
                looks,
                looks > 0 && looks == healthyLooks ? 1 : 0,
                1,
                all,
                Sketches.union(sessions, new DistinctItems()),
                Sketches.union(networks, new DistinctItems()),
                allRequests.activity());
    }

    List<AgentRequests> requests() {
        return agents.entrySet().stream()
                .map(each -> new AgentRequests(each.getKey(), each.getValue().activity()))
                .toList();
    }

    private Answers answers(String endpoint) {
        boolean room = endpoints.size() < maxEndpoints || endpoints.containsKey(endpoint);
        return endpoints.computeIfAbsent(
                room ? endpoint : ServiceActivity.OTHER, _ -> new Answers());
    }

    private Optional<Requests> requests(RequestParty party) {
        if (agents.size() >= maxAgents && !agents.containsKey(party)) {
            return Optional.empty();
        }
        return Optional.of(agents.computeIfAbsent(party, _ -> new Requests()));
    }

    private static int bounded(int status) {
        return status >= 100 && status <= 599 ? status : 599;
    }

    private static double millis(Duration took) {
        return Math.max(0, took.toNanos() / 1e6);
    }
}
