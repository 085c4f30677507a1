package ai.artcafe.stack;

import java.util.Locale;

/** Whose key it is, among the platform's own NATS keys. */
public enum NatsIdentity {
    /** Reads counters and connection events in SYS. */
    MONITOR,
    /** Ends connections in SYS. */
    KICKER,
    /** Answers the auth callout in AUTH. */
    RESPONDER,
    /** The gateway on the platform's bus. */
    GATEWAY,
    /** The tracker on the platform's bus. */
    TRACKER,
    /** The metrics service on the platform's bus. */
    METRICS,
    /** Sees every slot's messages in TAP. */
    TAP,
    /** The gateway inside tenants' slots: no static user, the callout recognises and places it. */
    GATEWAY_SLOT,
    /** Signs the callout's answers: an account key, no user. */
    ISSUER;

    /** The name of its seed: {@code <id>.nk}, and in {@code ARTCAFE_NATS_SEED_<NAME>}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether the server's configuration names it as a user. */
    public boolean isStaticUser() {
        return this != GATEWAY_SLOT && this != ISSUER;
    }
}
