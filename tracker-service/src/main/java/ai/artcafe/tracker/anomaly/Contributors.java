package ai.artcafe.tracker.anomaly;

import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * How many messages each of several usually has in a minute, to tell whose doing a change is. Holds
 * at most {@value #KNOWN} of them. Not thread-safe.
 */
final class Contributors {

    private static final int KNOWN = 200;

    /** How much of what is usual a minute makes up: half of it is from the last hour or so. */
    private static final double WEIGHT = 0.01;

    /** Below it one is forgotten. */
    private static final double LITTLE = 0.01;

    private final Map<String, Double> usual = new HashMap<>();

    /** Whose messages have become more by most; empty when nobody's have. */
    Optional<String> moreOf(List<Share> shares) {
        return largest(
                shares.stream().map(Share::name),
                name -> of(shares, name) - usual.getOrDefault(name, 0.0));
    }

    /** Whose messages have become fewer by most; empty when nobody's have. */
    Optional<String> lessOf(List<Share> shares) {
        return largest(
                usual.keySet().stream(), name -> usual.getOrDefault(name, 0.0) - of(shares, name));
    }

    private static Optional<String> largest(
            Stream<String> names, ToDoubleFunction<String> difference) {
        return names.filter(name -> difference.applyAsDouble(name) > 0)
                .max(Comparator.comparingDouble(difference));
    }

    private static double of(List<Share> shares, String name) {
        return shares.stream()
                .filter(share -> share.name().equals(name))
                .mapToLong(Share::messages)
                .sum();
    }

    /** Takes in an ordinary minute. */
    void learn(List<Share> shares) {
        Set<String> absent = new HashSet<>(usual.keySet());
        for (Share share : shares) {
            absent.remove(share.name());
            if (usual.containsKey(share.name()) || usual.size() < KNOWN) {
                usual.merge(
                        share.name(),
                        (double) share.messages(),
                        (before, now) -> before + WEIGHT * (now - before));
            }
        }
        for (String name : absent) {
            usual.computeIfPresent(name, (_, before) -> before * (1 - WEIGHT));
        }
        usual.values().removeIf(messages -> messages < LITTLE);
    }
}
