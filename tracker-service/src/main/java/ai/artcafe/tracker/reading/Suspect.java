package ai.artcafe.tracker.reading;

import ai.artcafe.model.identity.ConnectionOwner;
import ai.artcafe.model.identity.Slot;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * A connection that its server ended for another reason than the client's leave: what it had just
 * published may have been delivered without being counted.
 *
 * @param slot the account it was in
 * @param owner whose it was, when that is certain
 * @param reason in the server's words, such as {@code Protocol Violation}
 * @param at when it ended
 */
public record Suspect(
        String serverId,
        long cid,
        Optional<Slot> slot,
        Optional<ConnectionOwner> owner,
        String reason,
        Instant at) {

    /** Ends that come in mid-buffer only by the server's own doing, not by what the client sent. */
    private static final Set<String> HARMLESS =
            Set.of("Kicked", "Stale Connection", "Server Shutdown", "Authentication Timeout");

    /**
     * Whether what the client sent made the server end the connection, so that it may have
     * published something in the same breath that was delivered and not counted.
     */
    public boolean mayHaveHidden() {
        return !HARMLESS.contains(reason) && !reason.startsWith("Slow Consumer");
    }
}
