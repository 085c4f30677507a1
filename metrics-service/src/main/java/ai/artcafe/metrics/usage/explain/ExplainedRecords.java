package ai.artcafe.metrics.usage.explain;

import ai.artcafe.metrics.reconciliation.AdjustmentView;
import ai.artcafe.metrics.reconciliation.GapView;
import ai.artcafe.metrics.store.KeyRange;
import ai.artcafe.metrics.store.LiveWitnesses;
import ai.artcafe.metrics.store.Slice;
import ai.artcafe.metrics.store.WitnessArchive;
import ai.artcafe.metrics.usage.Amount;
import ai.artcafe.metrics.usage.UsageRange;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.key.UsageKeys;
import ai.artcafe.model.usage.Adjustment;
import ai.artcafe.model.usage.BillingPeriod;
import ai.artcafe.model.usage.Gap;
import ai.artcafe.model.usage.Period;
import ai.artcafe.model.usage.Traffic;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The adjustments and gaps of a period. Redis has those of the last days, which may be newer than
 * what is written; DynamoDB has all.
 */
@ApplicationScoped
class ExplainedRecords {

    /** How many an answer lists. */
    private static final int LISTED = 100;

    /** How many are read to be added up. */
    private static final int COUNTED = 2_000;

    private final LiveWitnesses live;
    private final WitnessArchive archive;

    ExplainedRecords(LiveWitnesses live, WitnessArchive archive) {
        this.live = live;
        this.archive = archive;
    }

    ExplainedAdjustments adjustments(
            Whose whose, ExplainedPeriod period, Amount amount, Instant now) {
        SortedMap<String, Adjustment> booked = adjustments(whose.id(), period.range(), now);
        List<Adjustment> mine =
                booked.values().stream().filter(each -> whose.includes(each.agent())).toList();
        Optional<Traffic> sum =
                booked.size() > COUNTED
                        ? Optional.empty()
                        : Optional.of(
                                mine.stream()
                                        .map(Adjustment::amount)
                                        .reduce(Traffic.NONE, Traffic::plus));
        return new ExplainedAdjustments(
                views(mine),
                sum.map(_ -> mine.size()),
                sum,
                sum.map(amount.adjustments()::minus),
                views(later(whose, period, now)));
    }

    private static List<AdjustmentView> views(List<Adjustment> adjustments) {
        return adjustments.stream().limit(LISTED).map(AdjustmentView::of).toList();
    }

    /** Of a month that was closed when they were found. */
    private List<Adjustment> later(Whose whose, ExplainedPeriod period, Instant now) {
        if (period.slice().period() != Period.MONTHLY || period.slice().isCurrent(now)) {
            return List.of();
        }
        String label = BillingPeriod.containing(period.slice().start()).label();
        UsageRange since = new UsageRange(period.slice().end(), Period.MONTHLY.end(now));
        return adjustments(whose.id(), since, now).values().stream()
                .filter(each -> each.period().filter(label::equals).isPresent())
                .filter(each -> whose.includes(each.agent()))
                .toList();
    }

    private SortedMap<String, Adjustment> adjustments(
            TenantId tenant, UsageRange range, Instant now) {
        KeyRange keys =
                new KeyRange(
                        UsageKeys.adjustment(range.from(), ""),
                        UsageKeys.adjustment(range.to(), ""),
                        Optional.empty());
        SortedMap<String, Adjustment> found =
                new TreeMap<>(archive.adjustments(tenant, keys, COUNTED + 1));
        if (isLive(range, now)) {
            for (Adjustment each : live.adjustments(tenant).orElse(List.of())) {
                put(found, keys, UsageKeys.adjustment(each.bookedAt(), each.id()), each);
            }
        }
        return found;
    }

    List<GapView> gaps(TenantId tenant, UsageRange range, Instant now) {
        KeyRange keys =
                new KeyRange(
                        UsageKeys.gap(range.from(), ""),
                        UsageKeys.gap(range.to(), ""),
                        Optional.empty());
        SortedMap<String, Gap> found = new TreeMap<>(archive.gaps(tenant, keys, LISTED));
        if (isLive(range, now)) {
            for (Gap each : live.gaps(tenant).orElse(List.of())) {
                put(found, keys, UsageKeys.gap(each.from(), each.source()), each);
            }
        }
        return found.values().stream().limit(LISTED).map(GapView::of).toList();
    }

    private static <T> void put(SortedMap<String, T> found, KeyRange keys, String key, T record) {
        if (keys.contains(key)) {
            found.put(key, record);
        }
    }

    /** Whether Redis may know something of it that is not written yet. */
    private static boolean isLive(UsageRange range, Instant now) {
        return new Slice(Period.HOURLY, Period.HOURLY.start(range.to().minusNanos(1))).isLive(now);
    }
}
