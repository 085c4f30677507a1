package ai.artcafe.tracker.reading;

import ai.artcafe.model.identity.Attribution;
import ai.artcafe.model.identity.ConnectionOwner;
import ai.artcafe.model.identity.Slot;
import java.util.Optional;

/** What is known of who is behind a NATS connection. */
sealed interface Identity {

    /** Nothing yet: the server has not told its account. */
    record Unknown() implements Identity {}

    /** An agent, as the server showed it; nothing is applied before this is pinned. */
    record Seen(ConnectionOwner.Agent agent) implements Identity {}

    /** An agent for good. */
    record Pinned(ConnectionOwner.Agent agent) implements Identity {}

    /** A gateway's own connection in a slot: read as a witness, not billed. */
    record GatewayLink(ConnectionOwner.Gateway gateway, Attribution attribution)
            implements Identity {}

    /**
     * First seen when it was over, under a name that may have been rewritten: it counts only if it
     * was pinned before.
     */
    record Doubtful() implements Identity {}

    /** The platform's own, or one that the callout gave no name. */
    record Unbilled() implements Identity {}

    Identity UNKNOWN = new Unknown();
    Identity DOUBTFUL = new Doubtful();
    Identity UNBILLED = new Unbilled();

    /** Whether the ledger takes in what it carries. */
    default boolean isRead() {
        return switch (this) {
            case Seen _, Pinned _, Doubtful _, GatewayLink _ -> true;
            case Unknown _, Unbilled _ -> false;
        };
    }

    /** Who is behind the connection, when that is certain. */
    default Optional<ConnectionOwner> owner() {
        return switch (this) {
            case Pinned(var agent) -> Optional.of(agent);
            case GatewayLink(var gateway, _) -> Optional.of(gateway);
            case Seen _, Doubtful _, Unknown _, Unbilled _ -> Optional.empty();
        };
    }

    /**
     * Who is behind the connection: an agent or a gateway only inside a slot, and no one as long as
     * there is no account.
     */
    static Identity of(ConnectionRow row) {
        if (row.isDoubtful()) {
            return DOUBTFUL;
        }
        if (row.account().isEmpty()) {
            return UNKNOWN;
        }
        if (Slot.parse(row.account()).isEmpty()) {
            return UNBILLED;
        }
        return switch (ConnectionOwner.parse(row.user()).orElse(null)) {
            case ConnectionOwner.Agent agent -> new Seen(agent);
            case ConnectionOwner.Gateway gateway ->
                    Attribution.parse(Attribution.GATEWAY + gateway.gatewayId())
                            .<Identity>map(attribution -> new GatewayLink(gateway, attribution))
                            .orElse(UNBILLED);
            case null -> UNBILLED;
        };
    }
}
