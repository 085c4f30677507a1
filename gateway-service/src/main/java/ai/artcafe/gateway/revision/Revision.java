package ai.artcafe.gateway.revision;

import java.time.Instant;

/**
 * A state of a resource.
 *
 * @param createdAt tells it from one of the same id that was deleted
 * @param version grows with every change, from 0
 */
public record Revision(Instant createdAt, long version) {

    /** The first one of a resource. */
    public static Revision first(Instant createdAt) {
        return new Revision(createdAt, 0);
    }

    /** The one after it. */
    public Revision next() {
        return new Revision(createdAt, version + 1);
    }

    /** As an {@code ETag}, quotes and all. */
    public String tag() {
        return '"' + Long.toHexString(createdAt.toEpochMilli()) + '-' + version + '"';
    }
}
