package ai.artcafe.tracker.reading;

import java.time.Instant;
import java.util.Collection;
import java.util.Map;

/** What asks the NATS servers for their connections and feeds the {@link ConnectionTable}. */
public interface ConnectionMonitor {

    /**
     * Asks all servers for their connections, and returns when every server that answered before
     * has answered again, or when time is up.
     *
     * @return the servers that are read without a gap, and up to when
     */
    Map<String, Instant> poll();

    /** Asks a server who is behind these connections, and waits a moment for the answers. */
    void identify(String serverId, Collection<Long> cids);

    /** Has every server list its closed connections again at the next poll. */
    void readAnew(String reason);

    /** Whether a server is connected to. */
    boolean isConnected();
}
