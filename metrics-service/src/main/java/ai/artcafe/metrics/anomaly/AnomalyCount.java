package ai.artcafe.metrics.anomaly;

import ai.artcafe.metrics.store.AnomalyArchive;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The anomalies that began in the hours asked for, counted.
 *
 * @param total the newest thousand at most
 * @param more whether there are older ones that are not counted
 * @param open those that last
 */
public record AnomalyCount(
        int total,
        boolean more,
        long open,
        Map<String, Long> bySeverity,
        Map<String, Long> byType) {

    /** As many are counted at most. */
    static final int COUNTED = 1_000;

    /**
     * @param newest one more than are counted, if there are so many
     */
    static AnomalyCount of(List<AnomalyArchive.Kept> newest) {
        List<AnomalyArchive.Kept> counted = newest.stream().limit(COUNTED).toList();
        return new AnomalyCount(
                counted.size(),
                newest.size() > COUNTED,
                counted.stream().filter(kept -> kept.endedAt().isEmpty()).count(),
                by(counted, AnomalyArchive.Kept::severity),
                by(counted, AnomalyArchive.Kept::type));
    }

    private static Map<String, Long> by(
            List<AnomalyArchive.Kept> counted, Function<AnomalyArchive.Kept, String> what) {
        return counted.stream()
                .collect(Collectors.groupingBy(what, TreeMap::new, Collectors.counting()));
    }
}
