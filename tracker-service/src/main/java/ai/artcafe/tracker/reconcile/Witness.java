package ai.artcafe.tracker.reconcile;

import java.util.Locale;

/** What the ledger is compared with. */
public enum Witness {
    /** What the NATS servers say of their accounts. */
    SERVER,
    /** The tap, which has to be listening for what it was handed to mean anything. */
    TAP,
    /** The gateways' readings of their sockets. */
    GATEWAYS;

    /** The name in metrics and health, lower case. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
