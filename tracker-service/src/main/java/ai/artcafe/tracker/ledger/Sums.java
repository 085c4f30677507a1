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
}
