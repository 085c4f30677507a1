package ai.artcafe.tracker.flow;

/** The live flow's store does not answer. */
public final class FlowStoreException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public FlowStoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
