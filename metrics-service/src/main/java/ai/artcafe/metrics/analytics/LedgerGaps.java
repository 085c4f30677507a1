package ai.artcafe.metrics.analytics;

import ai.artcafe.metrics.store.KeyRange;
import ai.artcafe.metrics.store.LiveWitnesses;
import ai.artcafe.metrics.store.WitnessArchive;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.key.UsageKeys;
import ai.artcafe.model.usage.Gap;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Times in which a source may have counted something of a tenant that no one has read. */
@ApplicationScoped
class LedgerGaps {

    /** More are not told one by one: then all of the time may be incomplete. */
    private static final int AT_MOST = 1_000;

    /** A gap is found by its beginning; one that lasted longer is not. */
    private static final Duration LONGEST = Duration.ofDays(1);

    private final LiveWitnesses live;
    private final WitnessArchive archive;

    LedgerGaps(LiveWitnesses live, WitnessArchive archive) {
        this.live = live;
        this.archive = archive;
    }

    /**
     * @param gaps empty when there are too many to tell
     */
    record Known(Optional<List<Gap>> gaps) {

        boolean isAnyIn(Instant from, Instant to) {
            return gaps.map(all ->
                            all.stream()
                                    .anyMatch(gap ->
                                            gap.from().isBefore(to) && from.isBefore(gap.to())))
                    .orElse(true);
        }
    }

    Known read(TenantId tenant, Instant from, Instant to) {
        Optional<List<Gap>> recent = live.gaps(tenant);
        KeyRange keys =
                new KeyRange(
                        UsageKeys.gap(from.minus(LONGEST), ""),
                        UsageKeys.gap(to, ""),
                        Optional.empty());
        Collection<Gap> older = archive.gaps(tenant, keys, AT_MOST).values();
        if (recent.isEmpty() || older.size() >= AT_MOST) {
            return new Known(Optional.empty());
        }
        return new Known(
                Optional.of(
                        Stream.concat(recent.get().stream(), older.stream())
                                .filter(gap -> !gap.returned())
                                .toList()));
    }
}
