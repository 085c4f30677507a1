package ai.artcafe.gateway.connection;

/** What happens when an agent opens more connections than its plan has. */
public enum WhenFull {
    /** The newest stay; the oldest is closed with 4409, or ended at the NATS door. */
    REPLACE,
    /**
     * The oldest stay; the newest is refused with 429, or closed with 4429. At the NATS door it
     * gets no answer, or is ended.
     */
    REFUSE
}
