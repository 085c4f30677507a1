package ai.artcafe.tracker.reading;

import ai.artcafe.model.identity.ConnectionOwner;
import ai.artcafe.model.identity.Slot;

/** What is known of who is behind a NATS connection. */
sealed interface Identity {

    /** Nothing yet: the server has not told its account. */
    record Unknown() implements Identity {}

    /** An agent, as the server showed it; nothing is applied before this is pinned. */
    record Seen(ConnectionOwner.Agent agent) implements Identity {}

    /** An agent for good. */
    record Pinned(ConnectionOwner.Agent agent) implements Identity {}

    /** A gateway's own connection in a slot: not billed, what it carries is a witness. */
    record GatewayLink(Slot slot, ConnectionOwner.Gateway gateway) implements Identity {}

    /**
     * First seen when it was over, under a name that may have been rewritten: it counts only if it
     * was pinned before.
     */
    record Doubtful() implements Identity {}

    /** The platform's own, or one whose name cannot be trusted. */
    record Unbilled() implements Identity {}

    Identity UNKNOWN = new Unknown();
    Identity DOUBTFUL = new Doubtful();
    Identity UNBILLED = new Unbilled();

    /** Whether the ledger takes in what it carries. */
    default boolean isBilled() {
        return switch (this) {
            case Seen _, Pinned _, Doubtful _ -> true;
            case Unknown _, GatewayLink _, Unbilled _ -> false;
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
        Slot slot = Slot.parse(row.account()).orElse(null);
        if (slot == null) {
            return UNBILLED;
        }
        return switch (ConnectionOwner.parse(row.user()).orElse(null)) {
            case ConnectionOwner.Agent agent -> new Seen(agent);
            case ConnectionOwner.Gateway gateway -> new GatewayLink(slot, gateway);
            case null -> UNBILLED;
        };
    }
}
