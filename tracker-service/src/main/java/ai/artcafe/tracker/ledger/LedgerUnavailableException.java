package ai.artcafe.tracker.ledger;

/** The ledger's store does not answer; nothing is known of what was asked of it. */
public final class LedgerUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public LedgerUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
