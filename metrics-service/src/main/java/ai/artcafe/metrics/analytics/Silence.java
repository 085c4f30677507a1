package ai.artcafe.metrics.analytics;

import ai.artcafe.metrics.store.Booked;
import ai.artcafe.metrics.store.BookedSlice;
import ai.artcafe.metrics.store.Slice;
import ai.artcafe.metrics.store.TapTimes;
import ai.artcafe.metrics.store.UsageOwner.OfTenant;
import ai.artcafe.metrics.usage.Ledger;
import ai.artcafe.model.flow.FlowSpan;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.usage.Period;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Tells silence from not having listened. A step of which the taps told nothing was silent if taps
 * listened all the while and the ledger booked nothing in that hour either; in an hour in which it
 * did, a minute was silent if the taps heard the tenant in another. Anything else is a gap: also of
 * a tenant whose tap is off.
 */
@ApplicationScoped
class Silence {

    private final Ledger ledger;

    Silence(Ledger ledger) {
        this.ledger = ledger;
    }

    /**
     * Those of the steps that were silent.
     *
     * @param untold steps of which the taps told nothing
     * @param told the beginnings of those of which they did
     */
    Set<Instant> silent(
            TenantId tenant,
            FlowSpan step,
            List<Instant> untold,
            Collection<Instant> told,
            TapTimes times,
            Instant now) {
        List<Instant> listened =
                untold.stream()
                        .filter(start -> times.covers(start, earlier(step.end(start), now)))
                        .toList();
        Set<Instant> heard = told.stream().map(FlowSpan.HOUR::start).collect(Collectors.toSet());
        Set<Instant> booked = booked(tenant, listened, heard, now);
        Set<Instant> silent = new HashSet<>();
        for (Instant start : listened) {
            if (!booked.contains(FlowSpan.HOUR.start(start))) {
                silent.add(start);
            }
        }
        return silent;
    }

    /** The hours, other than those in which the tenant was heard, in which it published. */
    private Set<Instant> booked(
            TenantId tenant, List<Instant> steps, Set<Instant> heard, Instant now) {
        OfTenant owner = new OfTenant(tenant);
        List<BookedSlice> hours =
                steps.stream()
                        .map(FlowSpan.HOUR::start)
                        .filter(hour -> !heard.contains(hour))
                        .distinct()
                        .map(hour -> new BookedSlice(owner, new Slice(Period.HOURLY, hour)))
                        .toList();
        return ledger.read(hours, now).entrySet().stream()
                .filter(hour -> hasPublished(hour.getValue()))
                .map(hour -> hour.getKey().slice().start())
                .collect(Collectors.toSet());
    }

    private static boolean hasPublished(Booked booked) {
        return booked.totals().published().messages() > 0;
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
