package ai.artcafe.metrics.health;

import ai.artcafe.metrics.health.Issue.Code;
import ai.artcafe.metrics.health.Issue.Severity;
import ai.artcafe.metrics.store.LivePresence.Known;
import ai.artcafe.model.presence.PresenceStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Agents that are here and not well. */
final class AgentIssues {

    private AgentIssues() {}

    static boolean isUnwell(PresenceStatus status) {
        return status == PresenceStatus.DEGRADED || status == PresenceStatus.UNHEALTHY;
    }

    /**
     * @param unwell the agents that may be; read only when there are any
     */
    static List<Issue> of(Map<PresenceStatus, Long> counts, Supplier<List<Known>> unwell) {
        long unhealthy = counts.getOrDefault(PresenceStatus.UNHEALTHY, 0L);
        long degraded = counts.getOrDefault(PresenceStatus.DEGRADED, 0L);
        if (unhealthy + degraded <= 0) {
            return List.of();
        }
        List<Known> known = unwell.get();
        return Stream.of(
                        issue(
                                Code.AGENTS_UNHEALTHY,
                                Severity.CRITICAL,
                                PresenceStatus.UNHEALTHY,
                                unhealthy,
                                known),
                        issue(
                                Code.AGENTS_DEGRADED,
                                Severity.WARNING,
                                PresenceStatus.DEGRADED,
                                degraded,
                                known))
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<Issue> issue(
            Code code, Severity severity, PresenceStatus status, long count, List<Known> known) {
        if (count <= 0) {
            return Optional.empty();
        }
        List<Known> named =
                known.stream().filter(agent -> agent.presence().status() == status).toList();
        Issue issue =
                Issue.of(
                                code,
                                severity,
                                (count == 1 ? "1 agent is " : count + " agents are ")
                                        + status.id()
                                        + ".")
                        .counting(count)
                        .about(named.stream().map(Known::agent).limit(Issue.AGENTS).toList());
        // of some only, the first need not be the first of all
        return Optional.of(named)
                .filter(all -> all.size() == count)
                .flatMap(all ->
                        all.stream().map(agent -> agent.presence().since()).min(Instant::compareTo))
                .map(issue::since)
                .or(() -> Optional.of(issue));
    }
}
