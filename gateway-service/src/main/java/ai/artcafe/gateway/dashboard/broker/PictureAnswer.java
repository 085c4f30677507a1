package ai.artcafe.gateway.dashboard.broker;

/** What became of a question for a tenant's live picture. */
public sealed interface PictureAnswer {

    /**
     * The picture.
     *
     * @param json the answer of {@code GET /api/v1/metrics/realtime}; nobody may change it
     * @param stale whether the service itself could only tell the last known one
     */
    record Seen(byte[] json, boolean stale) implements PictureAnswer {}

    /** The service could not tell: a store is away, or there is no such tenant. */
    record Refused() implements PictureAnswer {}

    /** Nobody answered in time. */
    record Away() implements PictureAnswer {}
}
