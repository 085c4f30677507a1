package ai.artcafe.model.usage;

/** A number of messages and their size in bytes (payload and headers). */
public record Traffic(long messages, long bytes) {

    public static final Traffic NONE = new Traffic(0, 0);

    public Traffic plus(Traffic other) {
        return new Traffic(messages + other.messages, bytes + other.bytes);
    }

    public Traffic minus(Traffic other) {
        return new Traffic(messages - other.messages, bytes - other.bytes);
    }

    /** The higher of each. */
    public Traffic max(Traffic other) {
        return new Traffic(Math.max(messages, other.messages), Math.max(bytes, other.bytes));
    }

    /** The lower of each. */
    public Traffic min(Traffic other) {
        return new Traffic(Math.min(messages, other.messages), Math.min(bytes, other.bytes));
    }

    public Traffic plus(long moreMessages, long moreBytes) {
        return new Traffic(messages + moreMessages, bytes + moreBytes);
    }
}
