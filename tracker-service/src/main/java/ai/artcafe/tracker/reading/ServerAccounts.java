package ai.artcafe.tracker.reading;

import ai.artcafe.model.identity.Slot;
import ai.artcafe.model.usage.Traffic;
import java.time.Instant;
import java.util.Map;

/**
 * What one NATS server says its slot accounts have carried since it started.
 *
 * @param askedAt everything that it counted before is in
 * @param answeredAt nothing that it counted later is in
 * @param session what was sent is comparable between two answers of the same session only: what the
 *     server itself put into an account is known only while its events are heard without a gap
 * @param isSentLocal whether what was sent is what this server handed to its own clients; otherwise
 *     copies for the cluster's other servers are among it, which a server before 2.11 cannot tell
 *     apart
 * @param slots all slots that it has
 */
public record ServerAccounts(
        Instant askedAt,
        Instant answeredAt,
        String session,
        boolean isSentLocal,
        Map<Slot, Account> slots) {

    public ServerAccounts {
        slots = Map.copyOf(slots);
    }

    /**
     * One slot's account.
     *
     * @param received what its clients on this server published and the server counted
     * @param sent what was delivered out of it, to its clients and to the tap, less the server's
     *     own notices of failed logins (a few bytes too little, never too much). A message that was
     *     dropped because its receiver was slow is in the receiver's {@code out_msgs} and not in
     *     here, so that this less all {@code out_msgs} is at most what the tap was handed
     * @param unsure what was left out of {@code sent} for the sake of notices that may never have
     *     been sent
     */
    public record Account(Traffic received, Traffic sent, Traffic unsure) {

        /** One of which everything that was sent is certain. */
        public Account(Traffic received, Traffic sent) {
            this(received, sent, Traffic.NONE);
        }
    }
}
