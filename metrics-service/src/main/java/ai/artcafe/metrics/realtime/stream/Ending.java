package ai.artcafe.metrics.realtime.stream;

import ai.artcafe.model.problem.ErrorCode;
import java.util.Locale;

/** Why the service ends a stream. */
enum Ending {
    /** The token it was opened with has ended. */
    EXPIRED("expired", ErrorCode.UNAUTHENTICATED, "The token has ended: connect with a new one."),
    /** The tenant is gone. */
    GONE("ended", ErrorCode.NOT_FOUND, "There is no such tenant."),
    /** The service stops. */
    DRAINING("ended", ErrorCode.DRAINING, "This server is going away: connect again."),
    /** The client takes nothing; it will not see this. */
    STUCK("ended", ErrorCode.SLOW_CONSUMER, "Nothing was taken for too long.");

    private final String event;
    private final ErrorCode code;
    private final String detail;

    Ending(String event, ErrorCode code, String detail) {
        this.event = event;
        this.code = code;
        this.detail = detail;
    }

    /** The last event's name. */
    String event() {
        return event;
    }

    /** The last event's data. */
    Reason reason() {
        return new Reason(code, detail);
    }

    /** For metrics. */
    String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * What a client is told when there is no picture.
     *
     * @param code as in problem+json
     */
    record Reason(ErrorCode code, String detail) {}
}
