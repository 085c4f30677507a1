package ai.artcafe.gateway.limit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Rates by id. One lives as long as somebody uses it. What was used elsewhere in the last second by
 * an id that nobody uses here yet is remembered, and taken off when it comes: moving from gateway
 * to gateway gains nothing. Thread-safe.
 */
final class RateTable {

    private static final Duration ELSEWHERE = Duration.ofSeconds(1);
    private static final int MOST_ELSEWHERE = 100_000;

    private final TimeMeter time;
    private final Cache<String, SharedRate> rates = Caffeine.newBuilder().weakValues().build();
    private final Cache<String, AtomicLong> elsewhere =
            Caffeine.newBuilder().maximumSize(MOST_ELSEWHERE).expireAfterWrite(ELSEWHERE).build();

    /** Each rate at most once. */
    private final Queue<SharedRate> changed = new ConcurrentLinkedQueue<>();

    RateTable(TimeMeter time) {
        this.time = time;
    }

    /**
     * The rate of an id, whose limit is this from now on.
     *
     * @param tenant whose id it is
     */
    SharedRate rate(String id, String tenant, long perSecond) {
        SharedRate rate = rates.get(id, _ -> create(id, tenant, perSecond));
        rate.set(perSecond);
        return rate;
    }

    private SharedRate create(String id, String tenant, long perSecond) {
        SharedRate rate = new SharedRate(id, tenant, perSecond, time, changed::add);
        AtomicLong before = elsewhere.getIfPresent(id);
        if (before != null) {
            rate.usedElsewhere(before.get());
        }
        return rate;
    }

    /** All rates of the tenant have this limit now. */
    void change(String tenant, long perSecond) {
        rates.asMap().values().stream()
                .filter(rate -> rate.tenant().equals(tenant))
                .forEach(rate -> rate.set(perSecond));
    }

    /** What was used since the last call, by those that have a limit. */
    Map<String, Long> takeUsed() {
        Map<String, Long> used = new HashMap<>();
        SharedRate rate = changed.poll();
        while (rate != null && !used.containsKey(rate.id())) {
            used.put(rate.id(), rate.takeUsed());
            rate = changed.poll();
        }
        if (rate != null) {
            changed.add(rate); // used again meanwhile, as those after it are: for the next call
        }
        return used;
    }

    void usedElsewhere(String id, long messages) {
        SharedRate rate = rates.getIfPresent(id);
        if (rate != null) {
            rate.usedElsewhere(messages);
        } else {
            elsewhere.get(id, _ -> new AtomicLong()).addAndGet(messages);
        }
    }
}
