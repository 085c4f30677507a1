package ai.artcafe.gateway.connection;

import ai.artcafe.gateway.agent.Agent;
import ai.artcafe.gateway.agent.EndReason;
import java.time.Instant;

/** An agent's socket that is open on this gateway. */
public interface OpenSocket {

    String connectionId();

    /** The agent as it was when it was let in. */
    Agent admitted();

    Instant openedAt();

    /** How many connections the agent may have, by its plan. */
    long connectionLimit();

    /**
     * Closes it; any thread may call it, any number of times.
     *
     * @param reason one that has an error's code
     * @param detail the same for the agent to read
     */
    void close(EndReason reason, String detail);
}
