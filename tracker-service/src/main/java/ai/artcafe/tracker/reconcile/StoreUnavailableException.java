package ai.artcafe.tracker.reconcile;

/** A store of the reconciliation does not answer; what was asked of it is asked again. */
public final class StoreUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public StoreUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
