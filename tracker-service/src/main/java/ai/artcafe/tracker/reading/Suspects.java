package ai.artcafe.tracker.reading;

import ai.artcafe.model.identity.Slot;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The latest {@link Suspect}s, each once. When there are too many, the oldest goes of the slot that
 * has the most: whoever floods it pushes out no one else's.
 *
 * <p>Thread-safe.
 */
public final class Suspects {

    private final int capacity;
    // guarded by this
    private final Map<Optional<Slot>, Deque<Sighting>> bySlot = new HashMap<>();
    private final Set<String> known = new HashSet<>();
    private long seen;
    private long forgotten;

    private record Sighting(long number, Suspect suspect) {

        String key() {
            return suspect.serverId() + '/' + suspect.cid();
        }
    }

    /**
     * @param capacity how many are kept
     */
    public Suspects(int capacity) {
        this.capacity = capacity;
    }

    /** Takes one in, unless it is known. */
    synchronized void add(Suspect suspect) {
        Sighting sighting = new Sighting(++seen, suspect);
        if (!known.add(sighting.key())) {
            return;
        }
        bySlot.computeIfAbsent(suspect.slot(), _ -> new ArrayDeque<>()).addLast(sighting);
        if (known.size() > capacity) {
            forgetOne();
        }
    }

    private void forgetOne() {
        Deque<Sighting> fullest =
                bySlot.values().stream().max(Comparator.comparingInt(Deque::size)).orElseThrow();
        Sighting oldest = fullest.removeFirst();
        known.remove(oldest.key());
        if (fullest.isEmpty()) {
            bySlot.remove(oldest.suspect().slot());
        }
        forgotten++;
    }

    /** Those that ended at that time or later, in the order in which they were seen. */
    public synchronized List<Suspect> since(Instant from) {
        return bySlot.values().stream()
                .flatMap(Collection::stream)
                .filter(sighting -> !sighting.suspect().at().isBefore(from))
                .sorted(Comparator.comparingLong(Sighting::number))
                .map(Sighting::suspect)
                .toList();
    }

    /** How many went to make room. */
    public synchronized long forgotten() {
        return forgotten;
    }
}
