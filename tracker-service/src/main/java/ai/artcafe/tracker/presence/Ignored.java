package ai.artcafe.tracker.presence;

import java.util.Locale;

/** Why something that came as a sign of life, or in one, was not taken in. */
public enum Ignored {
    /** It came in a slot that is another tenant's. */
    FOREIGN_SLOT,
    /** It came in a slot that is nobody's. */
    UNKNOWN_SLOT,
    /** There was no room for it. */
    NO_ROOM,
    /** Larger than it may be; that it came counts. */
    TOO_LARGE,
    /** Not a JSON object; that it came counts. */
    NOT_JSON,
    /** Nested too deeply, or with names or numbers too long; that it came counts. */
    TOO_COMPLEX,
    /** It names another agent or tenant than its subject; that it came counts. */
    WRONG_ID,
    /** It says that it is from the future; times in it are ignored anyway. */
    FUTURE_TIMESTAMP,
    /** It says of its health something that is not known. */
    UNKNOWN_STATUS,
    /** A version that is too long or not printable. */
    BAD_VERSION,
    /** A metric with an invalid name or a number that is not finite. */
    BAD_METRIC,
    /** More metrics than are kept. */
    TOO_MANY_METRICS,
    /** A batch of a gateway that was not what it should be. */
    UNREADABLE_BATCH;

    /** The value of the metric's tag. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
