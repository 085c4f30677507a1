package ai.artcafe.metrics.analytics;

import ai.artcafe.metrics.store.Booked;
import ai.artcafe.metrics.store.BookedSlice;
import ai.artcafe.metrics.store.LiveUsage;
import ai.artcafe.metrics.store.RollupRanges;
import ai.artcafe.metrics.store.Slice;
import ai.artcafe.metrics.store.UsageOwner;
import ai.artcafe.metrics.store.UsageOwner.OfAgent;
import ai.artcafe.metrics.store.UsageOwner.OfTenant;
import ai.artcafe.metrics.usage.Ledger;
import ai.artcafe.model.usage.Period;
import ai.artcafe.model.usage.Traffic;
import ai.artcafe.model.usage.UsageTotals;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What the ledger has booked in each hour. The present hour and the one before are always read; the
 * others of the last days are kept for some seconds, those before for a minute: so late a booking
 * shows. Thread-safe.
 */
@ApplicationScoped
class BookedHours {

    /** How many hours are kept; one takes about 200 bytes. */
    private static final long HOURS = 100_000;

    private static final Duration FRESH = Duration.ofMinutes(1);
    private static final Duration RECENTLY_FRESH = Duration.ofSeconds(5);
    private static final Duration HOUR = Duration.ofHours(1);

    /** How long after its end an hour is in the rollups of an agent for certain. */
    static final Duration SETTLES = Duration.ofMinutes(5);

    private final LiveUsage live;
    private final RollupRanges rollups;
    private final Ledger ledger;
    private final Kept<Month, NavigableMap<Instant, Booked>> months =
            Kept.atMostFor(HOURS, (_, hours) -> 1 + hours.size(), FRESH);

    private final Kept<Recent, NavigableMap<Instant, Booked>> recents =
            Kept.atMostFor(HOURS, (_, hours) -> 1 + hours.size(), RECENTLY_FRESH);

    BookedHours(LiveUsage live, RollupRanges rollups, Ledger ledger) {
        this.live = live;
        this.rollups = rollups;
        this.ledger = ledger;
    }

    /** What is booked in those of the hours that begin in [from, to). */
    static Booked sum(NavigableMap<Instant, Booked> hours, Instant from, Instant to) {
        return hours.subMap(from, to).values().stream().reduce(Booked.NOTHING, Booked::plus);
    }

    private record Month(UsageOwner owner, Instant start) {}

    private record Recent(OfTenant tenant, Instant from, Instant to) {}

    /**
     * The hours that begin in [from, to) and in which anything was booked, by their beginning.
     *
     * @param from at the beginning of an hour
     */
    NavigableMap<Instant, Booked> ofTenant(OfTenant tenant, Instant from, Instant to, Instant now) {
        NavigableMap<Instant, Booked> hours = settled(tenant, from, to, now);
        Instant last = Period.HOURLY.start(now).minus(HOUR);
        Instant begin = later(from, live(now));
        Instant end = earlier(to, last);
        if (begin.isBefore(end)) {
            Recent recent = new Recent(tenant, live(now), last);
            hours.putAll(recents.get(recent, () -> read(recent)).subMap(begin, end));
        }
        Instant young = later(from, last);
        hours.putAll(read(new Recent(tenant, young, earlier(to, Period.HOURLY.end(now)))));
        return hours;
    }

    /** What Redis knows, or what is rolled up, whichever is newer. */
    private NavigableMap<Instant, Booked> read(Recent recent) {
        NavigableMap<Instant, Booked> hours = new TreeMap<>();
        List<BookedSlice> slices =
                hours(recent.from, recent.to)
                        .map(hour -> new BookedSlice(recent.tenant, new Slice(Period.HOURLY, hour)))
                        .toList();
        if (slices.isEmpty()) {
            return hours;
        }
        live.read(slices).forEach((slice, booked) -> add(hours, slice.slice().start(), booked));
        rollups.read(recent.tenant, Period.HOURLY, recent.from, recent.to)
                .forEach((hour, booked) -> add(hours, hour, booked));
        return hours;
    }

    /**
     * The same for one agent. Its hours are not kept live: the present one is what its day has more
     * than the hours before, so that the hours sum to the day. What was booked in the last minute
     * to an hour before is in it until it is rolled up.
     */
    NavigableMap<Instant, Booked> ofAgent(OfAgent agent, Instant from, Instant to, Instant now) {
        NavigableMap<Instant, Booked> hours = settled(agent, from, to, now);
        Instant present = Period.HOURLY.start(now);
        Instant today = Period.DAILY.start(now);
        boolean isOpen = to.isAfter(present);
        // its day first: the hours read after it are at least as far
        Booked day =
                isOpen
                        ? ledger.sum(agent, List.of(new Slice(Period.DAILY, today)), now)
                        : Booked.NOTHING;
        Instant recent = later(from, live(now));
        NavigableMap<Instant, Booked> read =
                rollups.read(agent, Period.HOURLY, isOpen ? earlier(recent, today) : recent, to);
        hours.putAll(read.subMap(recent, later(recent, to)));
        if (isOpen) {
            Booked before =
                    read.subMap(today, present).values().stream()
                            .reduce(Booked.NOTHING, Booked::plus);
            Booked rest = rest(day, before, read.getOrDefault(present, Booked.NOTHING));
            if (rest.totals().equals(UsageTotals.NONE)) {
                hours.remove(present);
            } else {
                hours.put(present, rest);
            }
        }
        return hours;
    }

    private static Booked rest(Booked day, Booked before, Booked rolled) {
        UsageTotals whole = day.totals();
        UsageTotals past = before.totals();
        UsageTotals atLeast = rolled.totals();
        return new Booked(
                new UsageTotals(
                        whole.published().minus(past.published()).max(atLeast.published()),
                        whole.delivered().minus(past.delivered()).max(atLeast.delivered()),
                        whole.control().minus(past.control()).max(atLeast.control()),
                        Math.max(whole.connections() - past.connections(), atLeast.connections())),
                Traffic.NONE,
                Math.max(day.progress(), rolled.progress()));
    }

    private NavigableMap<Instant, Booked> settled(
            UsageOwner owner, Instant from, Instant to, Instant now) {
        Instant end = earlier(to, live(now));
        NavigableMap<Instant, Booked> hours = new TreeMap<>();
        for (Instant month = Period.MONTHLY.start(from);
                from.isBefore(end) && month.isBefore(end);
                month = Period.MONTHLY.end(month)) {
            Month whole = new Month(owner, month);
            hours.putAll(
                    months.get(whole, () -> read(whole, now))
                            .subMap(later(from, month), earlier(end, Period.MONTHLY.end(month))));
        }
        return hours;
    }

    private NavigableMap<Instant, Booked> read(Month month, Instant now) {
        return Collections.unmodifiableNavigableMap(
                rollups.read(
                        month.owner,
                        Period.HOURLY,
                        month.start,
                        earlier(Period.MONTHLY.end(month.start), Period.HOURLY.end(now))));
    }

    private static void add(NavigableMap<Instant, Booked> hours, Instant hour, Booked booked) {
        if (booked.progress() > 0 || !booked.totals().equals(UsageTotals.NONE)) {
            hours.merge(hour, booked, Booked::newest);
        }
    }

    /** The first hour that Redis may know. */
    private static Instant live(Instant now) {
        Instant hour = Period.HOURLY.start(now);
        while (new Slice(Period.HOURLY, hour.minus(HOUR)).isLive(now)) {
            hour = hour.minus(HOUR);
        }
        return hour;
    }

    private static Stream<Instant> hours(Instant from, Instant to) {
        return Stream.iterate(from, hour -> hour.isBefore(to), Period.HOURLY::end);
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
