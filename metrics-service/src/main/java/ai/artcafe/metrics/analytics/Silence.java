package ai.artcafe.metrics.analytics;

import ai.artcafe.metrics.store.Booked;
import ai.artcafe.metrics.store.TapTimes;
import ai.artcafe.model.flow.FlowSpan;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Tells silence from not having listened. A step of which the taps told nothing was silent if taps
 * listened all the while and the ledger booked nothing in that hour either; in an hour in which it
 * did, a minute was silent if the taps heard the tenant in another. Anything else is a gap: also of
 * a tenant whose tap is off.
 *
 * @param times when the taps listened
 * @param booked what the ledger booked in each hour
 */
record Silence(TapTimes times, Map<Instant, Booked> booked) {

    /**
     * Those of the steps that were silent.
     *
     * @param untold steps of which the taps told nothing
     * @param told the beginnings of those of which they did
     */
    Set<Instant> silent(
            FlowSpan step, List<Instant> untold, Collection<Instant> told, Instant now) {
        Set<Instant> heard = told.stream().map(FlowSpan.HOUR::start).collect(Collectors.toSet());
        Set<Instant> silent = new HashSet<>();
        for (Instant start : untold) {
            Instant hour = FlowSpan.HOUR.start(start);
            if ((heard.contains(hour) || !hasPublished(hour))
                    && times.covers(start, earlier(step.end(start), now))) {
                silent.add(start);
            }
        }
        return silent;
    }

    private boolean hasPublished(Instant hour) {
        return booked.getOrDefault(hour, Booked.NOTHING).totals().published().messages() > 0;
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
