package ai.artcafe.gateway.limit;

import ai.artcafe.model.identity.AgentId;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The ids of the messages that agents published lately, on any socket here, and elsewhere as far as
 * that has been told: in two generations, of which the older is forgotten as a whole. An id is
 * known for at least the window, unless so many come that there is no room; then the newest are
 * kept. Thread-safe.
 */
public final class RecentIds {

    private record Key(AgentId agent, String id) {}

    private final long windowMs;
    private final int generationSize;
    private final Clock clock;
    private volatile Set<Key> young = ConcurrentHashMap.newKeySet();
    private volatile Set<Key> old = ConcurrentHashMap.newKeySet();
    private volatile long youngSince; // epoch milliseconds

    /**
     * @param capacity how many ids are remembered at most
     */
    public RecentIds(Duration window, int capacity, Clock clock) {
        this.windowMs = window.toMillis();
        this.generationSize = Math.max(1, capacity / 2);
        this.clock = clock;
        this.youngSince = clock.millis();
    }

    /** Returns false when the agent has used the id lately: the message is a repetition. */
    public boolean add(AgentId agent, String id) {
        turnIfDue();
        Key key = new Key(agent, id);
        return !old.contains(key) && young.add(key);
    }

    /** The message with this id was not taken in after all. */
    public void remove(AgentId agent, String id) {
        Key key = new Key(agent, id);
        young.remove(key);
        old.remove(key);
    }

    private void turnIfDue() {
        if (isDue()) {
            synchronized (this) {
                if (isDue()) {
                    long now = clock.millis();
                    boolean nothingIsRecent = now - youngSince >= 2 * windowMs;
                    old = nothingIsRecent ? ConcurrentHashMap.newKeySet() : young;
                    young = ConcurrentHashMap.newKeySet();
                    youngSince = now;
                }
            }
        }
    }

    private boolean isDue() {
        return clock.millis() - youngSince >= windowMs || young.size() >= generationSize;
    }
}
