package ai.artcafe.tracker.rollup;

/**
 * The store of usage does not answer, or no longer takes anything; what was to be written is still
 * in the ledger.
 */
public final class UsageStoreException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public UsageStoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
