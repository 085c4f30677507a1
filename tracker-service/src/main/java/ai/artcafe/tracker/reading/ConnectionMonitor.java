package ai.artcafe.tracker.reading;

import java.time.Instant;
import java.util.Collection;
import java.util.Optional;

/** What asks the NATS servers for their connections and feeds the {@link ConnectionTable}. */
public interface ConnectionMonitor {

    /**
     * Asks all servers what has changed, and returns when every server that answered the last time
     * has answered again, or when time is up.
     */
    Poll poll();

    /** Asks a server who is behind these connections, and waits a moment for the answers. */
    void identify(String serverId, Collection<Long> cids);

    /** Has every server list its closed connections again at the next poll. */
    void readAnew(String reason);

    /** The server that is all there is, when it is part of no cluster. */
    Optional<String> onlyServer();

    /** When a server first missed a poll that it has not made up for. */
    Optional<Instant> missedSince(String serverId);

    /** Does not ask after a server any more that is gone. */
    void forget(String serverId);
}
