package ai.artcafe.tracker.forecast;

import ai.artcafe.model.identity.TenantId;
import java.time.Instant;
import java.util.Set;
import java.util.SortedMap;

/**
 * What the ledger has booked, as it was rolled up. Blocking; methods throw {@link
 * ai.artcafe.runtime.store.StoreAwayException} when the store does not answer.
 */
public interface BookedHours {

    /** Published messages by the first instant of the hour; hours without any are not in it. */
    SortedMap<Instant, Long> published(TenantId tenant, Instant from, Instant to);

    /** The hours of which so much was missed that what is booked of them may be too little. */
    Set<Instant> missed(TenantId tenant, Instant from, Instant to);
}
