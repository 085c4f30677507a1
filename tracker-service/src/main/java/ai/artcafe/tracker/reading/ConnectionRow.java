package ai.artcafe.tracker.reading;

import ai.artcafe.model.usage.Counters;
import java.util.Set;

/**
 * One connection as a NATS server shows it, in CONNZ or in an event. Texts that were not there are
 * empty.
 *
 * @param cid the server's number for it, never used again
 * @param account the account it is in; empty as well while it is not authenticated, or was not
 *     asked for
 * @param user the name it goes by; worth nothing without an account
 * @param started when it was opened, RFC 3339
 * @param closed whether it is closed, so that the counters are final
 * @param stopped when it was closed, RFC 3339
 * @param reason why it was closed, in the server's words
 */
public record ConnectionRow(
        long cid,
        String account,
        String user,
        String started,
        Counters counters,
        boolean closed,
        String stopped,
        String reason) {

    /** What servers say when the client has closed its end, in order or not. */
    private static final Set<String> LEAVES =
            Set.of("", "Client Closed", "Read Error", "Write Error");

    /**
     * Whether the name may have been rewritten at the end: a second CONNECT that fails leaves the
     * user that it claimed.
     */
    boolean isDoubtful() {
        return closed && reason.startsWith("Authentication");
    }

    /** Whether its server ended it, and not the client. */
    boolean isEndedByServer() {
        return closed && !LEAVES.contains(reason);
    }
}
