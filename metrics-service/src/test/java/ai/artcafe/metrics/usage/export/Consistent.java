package ai.artcafe.metrics.usage.export;

import static ai.artcafe.metrics.testing.TestClock.NOW;

import ai.artcafe.metrics.store.Slice;
import ai.artcafe.metrics.store.UsageOwner;
import ai.artcafe.metrics.store.UsageOwner.OfAgent;
import ai.artcafe.metrics.store.UsageOwner.OfTenant;
import ai.artcafe.metrics.testing.Books;
import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.Attribution;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.usage.Period;
import ai.artcafe.model.usage.Traffic;
import ai.artcafe.model.usage.UsageTotals;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Books that add up: hours to days to months, agents to their tenant. */
final class Consistent {

    static final Instant FIRST = Instant.parse("2026-10-28T00:00:00Z");

    private final Books books;

    Consistent(Books books) {
        this.books = books;
    }

    /** So many messages in each hour since then; those of the last days are in Redis. */
    void hours(TenantId tenant, ToLongFunction<Instant> messages) {
        Map<Slice, Long> booked = new HashMap<>();
        for (Instant hour = FIRST; hour.isBefore(NOW); hour = hour.plus(1, ChronoUnit.HOURS)) {
            for (Period period : Period.values()) {
                booked.merge(Slice.containing(period, hour), messages.applyAsLong(hour), Long::sum);
            }
        }
        booked.entrySet().stream()
                .parallel()
                .filter(each -> each.getValue() > 0)
                .forEach(each -> put(new OfTenant(tenant), each.getKey(), totals(each.getValue())));
    }

    /** Agents, and what is no agent's, each on three days; how many that are. */
    int agents(TenantId tenant) {
        List<Attribution> all =
                Stream.concat(
                                Stream.of(
                                        Attribution.UNATTRIBUTED, new Attribution.Gateway("gw-1")),
                                IntStream.range(0, 600)
                                        .mapToObj(i -> (Attribution) new AgentId(tenant + "-" + i)))
                        .toList();
        List<Slice> days =
                Stream.of("2026-11-11", "2026-11-12", "2026-11-20")
                        .map(day -> new Slice(Period.DAILY, Instant.parse(day + "T00:00:00Z")))
                        .toList();
        all.stream()
                .parallel()
                .forEach(agent -> {
                    boolean isWritten = !agent.value().endsWith("7");
                    if (isWritten) {
                        books.everBooked(tenant, agent);
                    }
                    days.forEach(day -> put(new OfAgent(tenant, agent), day, totals(3)));
                });
        days.forEach(day -> put(new OfTenant(tenant), day, totals(3L * all.size())));
        return all.size();
    }

    private void put(UsageOwner owner, Slice slice, UsageTotals totals) {
        long progress = totals.published().messages();
        if (slice.isLive(NOW)) {
            books.live(owner, slice, totals, progress);
        } else {
            books.rollup(owner, slice, totals, progress);
        }
    }

    private static UsageTotals totals(long published) {
        return new UsageTotals(
                new Traffic(published, published * 100),
                new Traffic(2 * published, 2 * published * 100),
                Traffic.NONE,
                0);
    }
}
