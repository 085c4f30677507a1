package ai.artcafe.tracker.ledger;

/**
 * A lease on work that one tracker at a time does, to do it once; nothing goes wrong when two do.
 */
public interface Lease {

    /** Takes or keeps it. Blocking; false as well when the store does not answer. */
    boolean holds();

    /** Lets another have it. */
    void release();
}
