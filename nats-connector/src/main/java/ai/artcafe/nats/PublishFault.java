package ai.artcafe.nats;

/** Why an outgoing message was not delivered, or is not known to be. */
public enum PublishFault {
    /** There is no connection to a server now; nothing was sent. */
    NOT_CONNECTED,
    /** The connection takes messages slower than they come; nothing was sent. */
    QUEUE_FULL,
    /** The message cannot be sent at all: its payload type, subject or size. */
    INVALID,
    /** Nobody listens on the subject, or the connection was closed meanwhile. */
    NO_RESPONDERS,
    /** The receiver answered {@code -NAK}: it may be sent again. */
    NAK,
    /** The receiver answered {@code +TERM}: it should not be sent again. */
    TERM,
    /** The receiver answered something else. */
    UNKNOWN_ANSWER,
    /** No answer came in time: it may have been processed or not. */
    TIMED_OUT
}
