package ai.artcafe.metrics.realtime;

import ai.artcafe.metrics.flow.Share;
import ai.artcafe.model.identity.Attribution;
import ai.artcafe.model.usage.Traffic;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * One of those that publish most, by the ledger.
 *
 * @param agentId the agent; or, beginning with {@code @}, what is no agent's
 */
public record TopAgent(Attribution agentId, long messages, long bytes) {

    private static final Comparator<TopAgent> BUSIEST_FIRST =
            Comparator.comparingLong(TopAgent::messages)
                    .reversed()
                    .thenComparing(agent -> agent.agentId().value());

    static List<TopAgent> of(Map<Attribution, Traffic> published) {
        return published.entrySet().stream()
                .map(entry ->
                        new TopAgent(
                                entry.getKey(),
                                entry.getValue().messages(),
                                entry.getValue().bytes()))
                .filter(agent -> agent.messages() > 0)
                .sorted(BUSIEST_FIRST)
                .limit(Share.LISTED)
                .toList();
    }
}
