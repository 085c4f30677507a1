package ai.artcafe.metrics.store;

import java.util.Optional;

/**
 * Sort keys of one kind.
 *
 * @param from the first
 * @param to the first that is not in it
 * @param after in it are those after this one only
 */
public record KeyRange(String from, String to, Optional<String> after) {

    /** The same, without those up to that one. */
    public KeyRange beginningAfter(Optional<String> key) {
        return new KeyRange(from, to, key);
    }

    public boolean contains(String key) {
        return key.compareTo(from) >= 0
                && key.compareTo(to) < 0
                && after.filter(last -> key.compareTo(last) <= 0).isEmpty();
    }
}
