package ai.artcafe.tracker.ledger;

import ai.artcafe.model.usage.Counters;
import ai.artcafe.model.usage.Traffic;
import java.util.Map;

/**
 * What the ledger says as a witness, of one tenant: everything that was ever applied, by who
 * counted it.
 *
 * @param agents by source key, what agents' connections have carried; all runs of a gateway that
 *     are long over are under its epoch 0, NATS servers that are long gone are left out
 * @param links by NATS server's source key and gateway id, what gateways' own connections in the
 *     slot have carried; all servers that are long gone are under {@link #GONE}
 * @param claimed by cause, what has been claimed and booked
 * @param window the number of the reconciliation's current window
 * @param base what the witnesses said when it began
 */
public record Sums(
        Map<String, Counters> agents,
        Map<String, Map<String, Counters>> links,
        Map<String, Traffic> claimed,
        long window,
        Map<String, String> base) {

    /** Stands for the NATS servers that are long gone. */
    public static final String GONE = "n:gone";

    public Sums {
        agents = Map.copyOf(agents);
        links = Map.copyOf(links);
        claimed = Map.copyOf(claimed);
        base = Map.copyOf(base);
    }

    /**
     * Whether something is missing that was there: sources have been retired, or the store has gone
     * back in time and what was applied since is yet to be applied again.
     */
    public boolean isBehind(Sums earlier) {
        return window < earlier.window
                || isBehind(agents, earlier.agents)
                || earlier.links.entrySet().stream()
                        .anyMatch(source ->
                                isBehind(
                                        links.getOrDefault(source.getKey(), Map.of()),
                                        source.getValue()));
    }

    private static boolean isBehind(Map<String, Counters> now, Map<String, Counters> earlier) {
        return earlier.entrySet().stream()
                .anyMatch(then -> {
                    Counters counted = now.getOrDefault(then.getKey(), Counters.ZERO);
                    return !counted.max(then.getValue()).equals(counted);
                });
    }
}
