package ai.artcafe.tracker.rollup;

/** Usage could not be written; what was to be written is still in the ledger. */
public final class UsageStoreException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public UsageStoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
