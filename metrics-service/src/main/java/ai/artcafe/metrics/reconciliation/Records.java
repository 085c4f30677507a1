package ai.artcafe.metrics.reconciliation;

import ai.artcafe.metrics.store.KeyRange;
import ai.artcafe.metrics.store.LiveWitnesses;
import ai.artcafe.metrics.store.Slice;
import ai.artcafe.metrics.store.WitnessArchive;
import ai.artcafe.metrics.usage.UsageRange;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.key.UsageKeys;
import ai.artcafe.model.problem.ErrorCode;
import ai.artcafe.model.problem.ProblemException;
import ai.artcafe.model.usage.Adjustment;
import ai.artcafe.model.usage.Gap;
import ai.artcafe.model.usage.Period;
import ai.artcafe.runtime.page.Cursor;
import ai.artcafe.runtime.page.PageRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Adjustments and gaps, in pages, in the order of their keys. Redis has those of the last days; for
 * others DynamoDB, which is up to a minute behind, is asked as well.
 */
@ApplicationScoped
class Records {

    private final LiveWitnesses live;
    private final WitnessArchive archive;
    private final Clock clock;

    Records(LiveWitnesses live, WitnessArchive archive, Clock clock) {
        this.live = live;
        this.archive = archive;
        this.clock = clock;
    }

    /** Names the lists of a range in cursors. */
    static String scope(TenantId tenant, UsageRange range) {
        return "reconciliation/" + tenant + "/" + range.from() + "/" + range.to();
    }

    RecordPage page(TenantId tenant, UsageRange range, PageRequest page) {
        Positions after = page.after().map(Positions::parse).orElse(Positions.BEGINNING);
        requireIn(range, after);
        Shown<Adjustment> adjustments = adjustments(tenant, range, after, page.limit());
        Shown<Gap> gaps = gaps(tenant, range, after, page.limit());
        Positions next =
                new Positions(adjustments.last().or(after::adjustment), gaps.last().or(after::gap));
        return new RecordPage(
                adjustments.records(),
                gaps.records(),
                adjustments.more() || gaps.more()
                        ? Optional.of(Cursor.of(scope(tenant, range), next.text()))
                        : Optional.empty());
    }

    /** A cursor's checksum is no secret: a position elsewhere would have all between read. */
    private static void requireIn(UsageRange range, Positions after) {
        boolean isIn =
                after.adjustment().stream().allMatch(adjustmentKeys(range)::contains)
                        && after.gap().stream().allMatch(gapKeys(range)::contains);
        if (!isIn) {
            throw Positions.unknown();
        }
    }

    private static KeyRange adjustmentKeys(UsageRange range) {
        return new KeyRange(
                UsageKeys.adjustment(range.from(), ""),
                UsageKeys.adjustment(range.to(), ""),
                Optional.empty());
    }

    private static KeyRange gapKeys(UsageRange range) {
        return new KeyRange(
                UsageKeys.gap(range.from(), ""), UsageKeys.gap(range.to(), ""), Optional.empty());
    }

    private Shown<Adjustment> adjustments(
            TenantId tenant, UsageRange range, Positions after, int limit) {
        KeyRange keys = adjustmentKeys(range).beginningAfter(after.adjustment());
        return shown(
                range,
                keys,
                limit,
                live.adjustments(tenant),
                adjustment -> UsageKeys.adjustment(adjustment.bookedAt(), adjustment.id()),
                () -> archive.adjustments(tenant, keys, limit + 1));
    }

    private Shown<Gap> gaps(TenantId tenant, UsageRange range, Positions after, int limit) {
        KeyRange keys = gapKeys(range).beginningAfter(after.gap());
        return shown(
                range,
                keys,
                limit,
                live.gaps(tenant),
                gap -> UsageKeys.gap(gap.from(), gap.source()),
                () -> archive.gaps(tenant, keys, limit + 1));
    }

    /** A gap may have been found to be none after it was written: what Redis has is the newer. */
    private <T> Shown<T> shown(
            UsageRange range,
            KeyRange keys,
            int limit,
            Optional<List<T>> recent,
            Function<T, String> keyOf,
            Supplier<SortedMap<String, T>> written) {
        SortedMap<String, T> found = new TreeMap<>();
        if (recent.isEmpty() || !isLive(range)) {
            found.putAll(written.get());
        }
        for (T each : recent.orElse(List.of())) {
            String key = keyOf.apply(each);
            if (keys.contains(key)) {
                found.put(key, each);
            }
        }
        return Shown.of(found, limit);
    }

    /** Whether Redis has all of the range. */
    private boolean isLive(UsageRange range) {
        return Slice.containing(Period.DAILY, range.from()).isLive(clock.instant());
    }

    /**
     * What of a list is shown.
     *
     * @param last its last key
     */
    private record Shown<T>(List<T> records, Optional<String> last, boolean more) {

        static <T> Shown<T> of(SortedMap<String, T> found, int limit) {
            List<Map.Entry<String, T>> shown =
                    found.entrySet().stream().limit(limit).map(Map.Entry::copyOf).toList();
            return new Shown<>(
                    shown.stream().map(Map.Entry::getValue).toList(),
                    shown.isEmpty() ? Optional.empty() : Optional.of(shown.getLast().getKey()),
                    found.size() > limit);
        }
    }

    /** The last keys that were shown of both lists. */
    private record Positions(Optional<String> adjustment, Optional<String> gap) {

        static final Positions BEGINNING = new Positions(Optional.empty(), Optional.empty());

        private static final char BETWEEN = '\n';

        static Positions parse(String text) {
            int at = text.indexOf(BETWEEN);
            if (at < 0) {
                throw unknown();
            }
            return new Positions(key(text.substring(0, at)), key(text.substring(at + 1)));
        }

        static ProblemException unknown() {
            return ErrorCode.INVALID_REQUEST.because("cursor is not one that this list gave out");
        }

        String text() {
            return adjustment.orElse("") + BETWEEN + gap.orElse("");
        }

        private static Optional<String> key(String text) {
            return Optional.of(text).filter(key -> !key.isEmpty());
        }
    }
}
