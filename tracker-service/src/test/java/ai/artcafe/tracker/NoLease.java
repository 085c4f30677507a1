package ai.artcafe.tracker;

import ai.artcafe.tracker.ledger.Lease;

/** Everyone has it: several flush at once. */
public final class NoLease implements Lease {

    @Override
    public boolean holds() {
        return true;
    }

    @Override
    public void release() {
        // nothing to let go
    }
}
