package ai.artcafe.metrics.analytics;

import ai.artcafe.metrics.flow.Rounded;
import ai.artcafe.metrics.flow.Share;
import ai.artcafe.model.identity.Attribution;
import ai.artcafe.model.usage.Traffic;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One of those that published most.
 *
 * @param name the agent; or, beginning with {@code @}, what is no agent's
 * @param messages published; of whole hours exact, by the ledger
 * @param atLeast where {@code messages} is an upper bound: at least so many
 * @param share of all that was published, 0 to 1
 * @param bytes published; of whole hours
 * @param delivered the same
 */
public record BusyAgent(
        String name,
        long messages,
        Optional<Long> atLeast,
        double share,
        Optional<Long> bytes,
        Optional<Traffic> delivered) {

    private static final Comparator<BusyAgent> BUSIEST_FIRST =
            Comparator.comparingLong(BusyAgent::messages).reversed().thenComparing(BusyAgent::name);

    /** By the ledger. */
    static List<BusyAgent> of(Map<Attribution, AgentTraffic> sums) {
        double all = sums.values().stream().mapToLong(sum -> sum.published().messages()).sum();
        return sums.entrySet().stream()
                .filter(sum -> sum.getValue().published().messages() > 0)
                .map(sum ->
                        new BusyAgent(
                                sum.getKey().value(),
                                sum.getValue().published().messages(),
                                Optional.empty(),
                                Rounded.to(
                                        6,
                                        Math.min(1, sum.getValue().published().messages() / all)),
                                Optional.of(sum.getValue().published().bytes()),
                                Optional.of(sum.getValue().delivered())))
                .sorted(BUSIEST_FIRST)
                .limit(Share.LISTED)
                .toList();
    }

    /** By the minutes' sketches. */
    static BusyAgent of(Share share) {
        return new BusyAgent(
                share.name(),
                share.messages(),
                share.atLeast(),
                share.share(),
                Optional.empty(),
                Optional.empty());
    }
}
