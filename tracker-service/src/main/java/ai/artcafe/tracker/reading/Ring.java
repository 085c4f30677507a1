package ai.artcafe.tracker.reading;

import java.time.Instant;

/**
 * A NATS server's ring of closed connections.
 *
 * @param total how many are in it
 * @param oldest when the oldest of them ended, by the server's clock
 */
public record Ring(long total, Instant oldest) {

    /**
     * Whether it has lost connections that ended after this time.
     *
     * @param capacity how many fit into it
     */
    boolean hasLostSince(Instant readThrough, int capacity) {
        return total >= capacity && oldest.isAfter(readThrough);
    }
}
