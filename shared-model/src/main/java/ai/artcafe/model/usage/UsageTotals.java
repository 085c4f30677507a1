package ai.artcafe.model.usage;

/**
 * What a tenant or an agent has used, in a period or in all.
 *
 * @param published messages taken in, once each, control messages not among them
 * @param delivered messages handed out, once a receiving connection
 * @param control heartbeats, presence and self-reports; counted apart, never billed
 * @param connections connections opened
 */
public record UsageTotals(Traffic published, Traffic delivered, Traffic control, long connections) {

    public static final UsageTotals NONE =
            new UsageTotals(Traffic.NONE, Traffic.NONE, Traffic.NONE, 0);

    public UsageTotals plus(UsageTotals other) {
        return new UsageTotals(
                published.plus(other.published),
                delivered.plus(other.delivered),
                control.plus(other.control),
                connections + other.connections);
    }
}
