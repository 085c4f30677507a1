package ai.artcafe.gateway.connection;

import ai.artcafe.model.identity.AgentId;
import java.util.List;

/** The agents' sockets that are open on this gateway. Thread-safe. */
public interface OpenSockets {

    /** The agent's, the oldest first. */
    List<? extends OpenSocket> of(AgentId agent);

    /** All of them. */
    List<? extends OpenSocket> all();
}
