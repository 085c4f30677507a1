package ai.artcafe.gateway.connection;

import ai.artcafe.gateway.agent.Agent;
import ai.artcafe.gateway.agent.EndReason;
import ai.artcafe.model.identity.ChannelId;
import java.time.Instant;
import java.util.List;

/** An agent's socket that is open on this gateway. */
public interface OpenSocket {

    String connectionId();

    /** The agent as it was when it was let in. */
    Agent admitted();

    Instant openedAt();

    /** How many connections the agent may have, by its plan as it is now. */
    long connectionLimit();

    /**
     * The channels that the agent belongs to now: it hears them, and those that it heard for that
     * reason only and that are not among them no more. Any thread may call it.
     */
    void belongTo(List<ChannelId> channels);

    /**
     * Closes it; any thread may call it, any number of times.
     *
     * @param reason one that has an error's code
     * @param detail the same for the agent to read
     */
    void close(EndReason reason, String detail);
}
