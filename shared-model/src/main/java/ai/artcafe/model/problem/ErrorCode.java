package ai.artcafe.model.problem;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.Optional;

/**
 * Every error a client can see. The code is stable: it is the {@code code} of problem+json answers
 * and of WebSocket {@code error} frames; some errors also close the socket.
 */
public enum ErrorCode {
    /** The request is not what the endpoint takes: a missing, malformed or out-of-range field. */
    INVALID_REQUEST(400, "The request is not valid"),
    /** A frame or body is not JSON. */
    INVALID_JSON(400, "Not valid JSON"),
    /** A frame's {@code type} is missing or not one of the protocol's. */
    UNKNOWN_TYPE(400, "Unknown frame type"),
    /** Not a NATS subject, or a wildcard where none is allowed. */
    INVALID_SUBJECT(400, "Not a valid subject"),
    /** The frames of this socket cannot be understood at all. */
    PROTOCOL_ERROR(400, 4400, "Protocol error"),
    /** No credentials, or ones that do not hold. */
    UNAUTHENTICATED(401, 4401, "Not authenticated"),
    /** The signature does not fit the challenge and the registered key. */
    INVALID_SIGNATURE(401, 4401, "The signature does not verify"),
    /** The challenge is unknown, used or too old. */
    INVALID_CHALLENGE(401, 4401, "The challenge is unknown, used or expired"),
    /** Known, but not allowed to do this. */
    FORBIDDEN(403, 4403, "Not allowed"),
    /** A subject outside the tenant's own namespace. */
    FORBIDDEN_SUBJECT(403, "The subject is not yours"),
    /** The tenant's tier does not include this. */
    TIER_REQUIRED(403, "Not included in your plan"),
    /** Not there, or not yours: the two are not told apart. */
    NOT_FOUND(404, "Not found"),
    METHOD_NOT_ALLOWED(405, "Method not allowed"),
    NOT_ACCEPTABLE(406, "Not acceptable"),
    HEARTBEAT_TIMEOUT(408, 4408, "No heartbeat in time"),
    /** What is there does not allow it: something with this id or key, or another state. */
    CONFLICT(409, "Conflict"),
    /** A newer connection of the same agent took this one's place. */
    REPLACED(409, 4409, "Replaced by a newer connection"),
    /** An administrator has ended the connection; the agent may come back at once. */
    DISCONNECTED(410, 4410, "Disconnected by an administrator"),
    /** A condition of the request ({@code If-Match}) does not hold any more. */
    PRECONDITION_FAILED(412, "Changed since"),
    TOO_LARGE(413, 4413, "Too large"),
    /** The address, with its parameters, is longer than the service reads. */
    URI_TOO_LONG(414, "Address too long"),
    UNSUPPORTED_MEDIA_TYPE(415, "Unsupported media type"),
    /** What is asked for by {@code Range} lies beyond the end. */
    RANGE_NOT_SATISFIABLE(416, "Beyond the end"),
    /**
     * A rate, quota or count of the plan is used up; {@code retry_after} says when to come back.
     */
    LIMIT_EXCEEDED(429, 4429, "Limit exceeded"),
    /** The plan's messages of the day are used up; {@code retry_after} says when it ends. */
    QUOTA_EXCEEDED(429, 4429, "Quota exceeded"),
    /** Requests come faster than they are answered; {@code retry_after} says when to go on. */
    RATE_LIMITED(429, "Too many requests"),
    /** The socket does not read as fast as it is sent to. */
    SLOW_CONSUMER(429, 4429, "Reading too slowly"),
    INTERNAL(500, "Internal error"),
    /** A part of the platform is away; nothing was taken in, try again. */
    UNAVAILABLE(503, "Temporarily unavailable"),
    /** A request was passed on, but no reply came in time. */
    TIMEOUT(504, "No reply in time"),
    /** No free slot account is left for another tenant. */
    NO_SLOT_AVAILABLE(503, "No capacity for another tenant"),
    /** This server is going away; reconnect elsewhere. */
    DRAINING(503, 4503, "This server is draining");

    private static final int NO_CLOSE = 0;

    private final int httpStatus;
    private final int closeCode;
    private final String title;

    ErrorCode(int httpStatus, String title) {
        this(httpStatus, NO_CLOSE, title);
    }

    ErrorCode(int httpStatus, int closeCode, String title) {
        this.httpStatus = httpStatus;
        this.closeCode = closeCode;
        this.title = title;
    }

    /** The stable code, in lower snake case. */
    @JsonValue
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    public int httpStatus() {
        return httpStatus;
    }

    /** The WebSocket close code of the 4000 range, for the errors that can close a socket. */
    public Optional<Integer> closeCode() {
        return closeCode == NO_CLOSE ? Optional.empty() : Optional.of(closeCode);
    }

    /** A short text for people, the same for every occurrence. */
    public String title() {
        return title;
    }

    /** The exception that carries this error to the client. */
    public ProblemException because(String detail) {
        return new ProblemException(this, detail);
    }
}
