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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Books that add up: hours to days to months, agents to their tenant. */
final class Consistent {

    private final Books books;
    private final List<Map<String, AttributeValue>> written = new ArrayList<>();

    Consistent(Books books) {
        this.books = books;
    }

    /** So many messages in each hour since then; those of the last days are in Redis. */
    void hours(TenantId tenant, Instant since, ToLongFunction<Instant> messages) {
        Map<Slice, Long> booked = new HashMap<>();
        for (Instant hour = since; hour.isBefore(NOW); hour = hour.plus(1, ChronoUnit.HOURS)) {
            for (Period period : Period.values()) {
                booked.merge(Slice.containing(period, hour), messages.applyAsLong(hour), Long::sum);
            }
        }
        booked.entrySet().stream()
                .filter(each -> each.getValue() > 0)
                .forEach(each -> put(new OfTenant(tenant), each.getKey(), totals(each.getValue())));
        books.write(written);
    }

    /** Agents, and what is no agent's, each on three days; how many that are. */
    int agents(TenantId tenant, int number) {
        List<Attribution> all =
                Stream.concat(
                                Stream.of(
                                        Attribution.UNATTRIBUTED, new Attribution.Gateway("gw-1")),
                                IntStream.range(0, number)
                                        .mapToObj(i -> (Attribution) new AgentId(tenant + "-" + i)))
                        .toList();
        List<Slice> days =
                Stream.of("2026-11-11", "2026-11-12", "2026-11-20")
                        .map(day -> new Slice(Period.DAILY, Instant.parse(day + "T00:00:00Z")))
                        .toList();
        for (Attribution agent : all) {
            boolean isTotalWritten = !agent.value().endsWith("7");
            if (isTotalWritten) {
                written.add(Books.total(tenant, agent));
            }
            days.forEach(day -> put(new OfAgent(tenant, agent), day, totals(3)));
        }
        days.forEach(day -> put(new OfTenant(tenant), day, totals(3L * all.size())));
        books.write(written);
        return all.size();
    }

    private void put(UsageOwner owner, Slice slice, UsageTotals totals) {
        long progress = totals.published().messages();
        if (slice.isLive(NOW)) {
            books.live(owner, slice, totals, progress);
        } else {
            written.add(Books.item(owner, slice, totals, progress));
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
