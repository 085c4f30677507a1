package ai.artcafe.tracker.reading;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The latest {@link Suspect}s, each once. When there are too many the oldest go.
 *
 * <p>Thread-safe.
 */
public final class Suspects {

    private final int capacity;
    // guarded by this
    private final Deque<Suspect> latest = new ArrayDeque<>();
    private final Set<String> known = new HashSet<>();
    private long forgotten;

    /**
     * @param capacity how many are kept
     */
    public Suspects(int capacity) {
        this.capacity = capacity;
    }

    /** Takes one in, unless it is known. */
    synchronized void add(Suspect suspect) {
        if (!known.add(key(suspect))) {
            return;
        }
        latest.addLast(suspect);
        if (latest.size() > capacity) {
            known.remove(key(latest.removeFirst()));
            forgotten++;
        }
    }

    /** Those that ended at that time or later, in the order in which they were seen. */
    public synchronized List<Suspect> since(Instant from) {
        return latest.stream().filter(suspect -> !suspect.at().isBefore(from)).toList();
    }

    /** How many went to make room. */
    public synchronized long forgotten() {
        return forgotten;
    }

    private static String key(Suspect suspect) {
        return suspect.serverId() + '/' + suspect.cid();
    }
}
