package ai.artcafe.tracker.rollup;

/** Attributes of a connection's item beside its counters. */
public final class SessionItem {

    /** {@link ai.artcafe.model.usage.ReadingSource#key()}. */
    public static final String SOURCE = "source";

    public static final String CONNECTION_ID = "connection_id";
    public static final String OPENED_AT = "opened_at";

    /** {@code open}, {@code closed} or {@code lost}. */
    public static final String STATE = "state";

    /** When it was booked as closed, or as lost. */
    public static final String CLOSED_AT = "closed_at";

    private SessionItem() {}
}
