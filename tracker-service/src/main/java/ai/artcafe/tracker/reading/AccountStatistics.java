package ai.artcafe.tracker.reading;

import java.util.Map;

/** What the NATS servers say of their accounts: the witness beside their connections' counters. */
public interface AccountStatistics {

    /**
     * Asks all servers, and returns when each that was read lately has answered, or when time is
     * up.
     *
     * @return by server id; a server that did not answer is missing
     */
    Map<String, ServerAccounts> ask();
}
