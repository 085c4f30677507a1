package ai.artcafe.tracker.anomaly;

import ai.artcafe.model.anomaly.AnomalyType;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** What the watch over anomalies has done since the start. Thread-safe. */
public final class AnomalyCounts {

    private final Map<AnomalyType, LongAdder> found = new ConcurrentHashMap<>();
    private final LongAdder minutes = new LongAdder();
    private final LongAdder rebuilds = new LongAdder();
    private final LongAdder refusedTenants = new LongAdder();
    private final LongAdder lostMinutes = new LongAdder();

    void began(AnomalyType type) {
        found.computeIfAbsent(type, _ -> new LongAdder()).increment();
    }

    void judged() {
        minutes.increment();
    }

    void rebuilt() {
        rebuilds.increment();
    }

    void refused() {
        refusedTenants.increment();
    }

    void lost() {
        lostMinutes.increment();
    }

    /** Anomalies that began. */
    public long found(AnomalyType type) {
        LongAdder count = found.get(type);
        return count == null ? 0 : count.sum();
    }

    /** Minutes of tenants that were judged. */
    public long minutes() {
        return minutes.sum();
    }

    /** Models that were built from what had been rolled up before. */
    public long rebuilds() {
        return rebuilds.sum();
    }

    /** Minutes of tenants that there was no room for. */
    public long refusedTenants() {
        return refusedTenants.sum();
    }

    /** Minutes that waited too long for their model and were not judged. */
    public long lostMinutes() {
        return lostMinutes.sum();
    }
}
