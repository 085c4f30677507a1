package ai.artcafe.gateway;

/**
 * This run of this gateway.
 *
 * @param id the gateway's id, {@code [a-z0-9][a-z0-9-]{0,31}}
 * @param epoch when this run began, in epoch milliseconds
 */
public record GatewayIdentity(String id, long epoch) {

    public GatewayIdentity {
        if (!id.matches("[a-z0-9][a-z0-9-]{0,31}")) {
            throw new IllegalArgumentException(
                    "artcafe.gateway.id must be 1 to 32 of a-z, 0-9 and '-', but is '" + id + "'");
        }
    }

    /** Names this run among all runs of all gateways. */
    public String run() {
        return id + "." + epoch;
    }
}
