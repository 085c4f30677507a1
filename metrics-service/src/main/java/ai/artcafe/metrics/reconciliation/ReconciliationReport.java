package ai.artcafe.metrics.reconciliation;

import ai.artcafe.metrics.store.Freshness;
import ai.artcafe.metrics.store.LiveUsage;
import ai.artcafe.metrics.store.LiveWitnesses;
import ai.artcafe.metrics.store.Reconciled;
import ai.artcafe.metrics.store.Slice;
import ai.artcafe.metrics.store.WitnessArchive;
import ai.artcafe.metrics.usage.UsageRange;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.usage.Period;
import ai.artcafe.runtime.page.PageRequest;
import ai.artcafe.runtime.store.TenantRecord;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Reads afresh what the witnesses said. How far the ledger is, is always read first. */
@ApplicationScoped
class ReconciliationReport {

    private final LiveUsage usage;
    private final LiveWitnesses live;
    private final WitnessArchive archive;
    private final Records records;
    private final Clock clock;

    ReconciliationReport(
            LiveUsage usage,
            LiveWitnesses live,
            WitnessArchive archive,
            Records records,
            Clock clock) {
        this.usage = usage;
        this.live = live;
        this.archive = archive;
        this.records = records;
        this.clock = clock;
    }

    ReconciliationAnswer of(TenantRecord tenant, UsageRange days, PageRequest page) {
        Freshness freshness = usage.freshness();
        TenantId id = tenant.tenantId();
        return ReconciliationAnswer.of(
                tenant, freshness, days, said(id, days), records.page(id, days, page));
    }

    private Reconciled said(TenantId tenant, UsageRange range) {
        Instant now = clock.instant();
        List<Instant> alive =
                days(range)
                        .filter(day -> !day.isAfter(now))
                        .filter(day -> new Slice(Period.DAILY, day).isLive(now))
                        .toList();
        Map<Instant, Reconciled> said = new HashMap<>(live.days(tenant, alive));
        if (!new Slice(Period.DAILY, range.from()).isLive(now)) {
            archive.days(tenant, range.from(), range.to())
                    .forEach((day, written) -> said.merge(day, written, Reconciled::newest));
        }
        return said.values().stream().reduce(Reconciled.NOTHING, Reconciled::plus);
    }

    private static Stream<Instant> days(UsageRange range) {
        return Stream.iterate(
                range.from(), day -> day.isBefore(range.to()), day -> Period.DAILY.end(day));
    }
}
