package ai.artcafe.gateway.limit;

/** How many messages an agent may publish now, on its own account and on its tenant's. */
public interface MessageRate {

    /** Takes one message off, if there is one left. Thread-safe. */
    RateVerdict take();
}
