package ai.artcafe.metrics.anomaly;

import ai.artcafe.metrics.store.AnomalyArchive;
import ai.artcafe.metrics.store.Freshness;
import ai.artcafe.metrics.store.KeyRange;
import ai.artcafe.metrics.store.LiveUsage;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.key.UsageKeys;
import ai.artcafe.model.problem.ErrorCode;
import ai.artcafe.runtime.page.Cursor;
import ai.artcafe.runtime.page.PageRequest;
import ai.artcafe.runtime.store.TenantRecord;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Reads anomalies afresh. How far the ledger is, is always read first. */
@ApplicationScoped
class AnomaliesReport {

    /** After any key: an anomaly's start may be a moment ahead of this service's clock. */
    private static final String END = UsageKeys.ANOMALIES + "~";

    private final LiveUsage usage;
    private final AnomalySummaries summaries;
    private final AnomalyArchive archive;
    private final Clock clock;

    AnomaliesReport(
            LiveUsage usage, AnomalySummaries summaries, AnomalyArchive archive, Clock clock) {
        this.usage = usage;
        this.summaries = summaries;
        this.archive = archive;
        this.clock = clock;
    }

    /** Names the list in cursors. */
    static String scope(TenantId tenant, int hours) {
        return "anomalies/" + tenant + "/" + hours;
    }

    AnomaliesAnswer of(TenantRecord tenant, int hours, PageRequest page) {
        Freshness freshness = usage.freshness();
        TenantId id = tenant.tenantId();
        Instant from = clock.instant().minus(Duration.ofHours(hours));
        KeyRange all = new KeyRange(UsageKeys.anomaly(from, ""), END, Optional.empty());
        KeyRange keys = page.after().map(last -> before(all, last)).orElse(all);
        List<AnomalyArchive.Kept> found = archive.latest(id, keys, page.limit() + 1);
        List<AnomalyArchive.Kept> shown = found.stream().limit(page.limit()).toList();
        return AnomaliesAnswer.of(
                tenant,
                freshness,
                summaries.of(id),
                hours,
                shown.stream().map(AnomalyView::of).toList(),
                AnomalyCount.of(
                        page.after().isEmpty() && found.size() == shown.size()
                                ? found
                                : archive.latest(id, all, AnomalyCount.COUNTED + 1)),
                found.size() > shown.size()
                        ? Optional.of(Cursor.of(scope(id, hours), shown.getLast().key()))
                        : Optional.empty());
    }

    /** A cursor's checksum is no secret: it must not lead to other items. */
    private static KeyRange before(KeyRange all, String last) {
        if (!last.startsWith(UsageKeys.ANOMALIES) || last.compareTo(all.to()) > 0) {
            throw ErrorCode.INVALID_REQUEST.because("cursor is not one that this list gave out");
        }
        // as time goes on, the range may have come to begin after the last one that was shown
        String to = last.compareTo(all.from()) < 0 ? all.from() : last;
        return new KeyRange(all.from(), to, Optional.empty());
    }
}
