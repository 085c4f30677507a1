package ai.artcafe.runtime.store;

/** A store cannot be reached or does not answer in time; over HTTP, 503 {@code unavailable}. */
public final class StoreAwayException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String store;

    /**
     * @param store {@code redis} or {@code dynamodb}
     */
    public StoreAwayException(String store, Throwable cause) {
        super(store + " is away", cause);
        this.store = store;
    }

    public String store() {
        return store;
    }
}
