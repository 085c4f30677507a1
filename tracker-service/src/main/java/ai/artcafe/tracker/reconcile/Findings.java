package ai.artcafe.tracker.reconcile;

/** Where findings are kept. */
@FunctionalInterface
public interface Findings {

    /**
     * Keeps a finding, in the place of what was kept under its id and start. Blocking.
     *
     * @throws StoreUnavailableException when it may not have been kept
     */
    void keep(Finding finding);
}
