package ai.artcafe.stack;

import java.util.Locale;

/** A part of the platform that is not ours. */
public enum Backing {
    NATS(4222),
    REDIS(6379),
    DYNAMODB(8000);

    private final int defaultPort;

    Backing(int defaultPort) {
        this.defaultPort = defaultPort;
    }

    /** The port of {@code ./artcafe up}, before any offset. */
    public int defaultPort() {
        return defaultPort;
    }

    /** The name in logs, folders and on the command line. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
