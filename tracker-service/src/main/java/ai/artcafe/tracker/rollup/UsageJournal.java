package ai.artcafe.tracker.rollup;

import ai.artcafe.model.identity.TenantId;
import java.time.Instant;
import java.util.List;

/**
 * What is about to be written of a tenant, written down as a whole before the first item of it is:
 * so that whoever comes next can write the rest, and the store never stays between two moments of
 * the ledger.
 *
 * <p>The journals of a tenant are numbered without gaps, and each is written once. What is in a
 * journal must have been read from the ledger after the number before was known to its writer: then
 * the numbers tell the order in which the ledger was read, whoever read it.
 *
 * <p>Blocking; every method throws {@link UsageStoreException} when the store is away.
 */
public interface UsageJournal {

    /**
     * Writes what is left of the tenant's last journal.
     *
     * @return its number, 0 when there has been none
     */
    long complete(TenantId tenant);

    /**
     * Writes the next journal down. Only when that is done may its items be written.
     *
     * @param number one more than that of the last
     * @param items the last of them is the ledger's own ({@link
     *     ai.artcafe.model.key.UsageKeys#LEDGER}), with the number as its progress
     * @return false when there is a journal of that number already, by another
     */
    boolean begin(TenantId tenant, long number, List<UsageItem> items, Instant at);

    /**
     * Completes the last journal and takes the next number without writing anything under it: what
     * was read from the ledger before, by whomever, will find its number taken.
     */
    void seal(TenantId tenant, Instant at);
}
