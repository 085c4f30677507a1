package ai.artcafe.gateway;

import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * This run of this gateway.
 *
 * @param id the gateway's id, {@code [a-z0-9][a-z0-9-]{0,31}}
 * @param epoch when this run began, in epoch milliseconds
 */
public record GatewayIdentity(String id, long epoch) {

    private static final Predicate<String> ID =
            Pattern.compile("[a-z0-9][a-z0-9-]{0,31}").asMatchPredicate();

    public GatewayIdentity {
        if (!isId(id)) {
            throw new IllegalArgumentException(
                    "artcafe.gateway.id must be 1 to 32 of a-z, 0-9 and '-', but is '" + id + "'");
        }
    }

    /** Names this run among all runs of all gateways. */
    public String run() {
        return id + "." + epoch;
    }

    /** Whether a gateway can have this id. */
    public static boolean isId(String text) {
        return ID.test(text);
    }
}
