package ai.artcafe.tracker.ledger.store;

/** A tenant's ledger is yet to be brought back from the archive. */
final class UnrestoredException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnrestoredException(Throwable cause) {
        super(cause);
    }
}
