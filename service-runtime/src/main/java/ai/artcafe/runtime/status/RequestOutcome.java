package ai.artcafe.runtime.status;

/** How a request to an agent ended. */
public enum RequestOutcome {
    ANSWERED,
    /** No reply came in time, or nobody listened. */
    TIMED_OUT,
    /** NATS did not take it. */
    FAILED
}
