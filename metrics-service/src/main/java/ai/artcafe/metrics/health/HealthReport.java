package ai.artcafe.metrics.health;

import ai.artcafe.metrics.anomaly.AnomalySummaries;
import ai.artcafe.metrics.anomaly.AnomalySummary;
import ai.artcafe.metrics.presence.PresenceAnswer.Counts;
import ai.artcafe.metrics.store.Freshness;
import ai.artcafe.metrics.store.LiveFlow;
import ai.artcafe.metrics.store.LivePresence;
import ai.artcafe.metrics.store.LiveTenant;
import ai.artcafe.metrics.store.LiveUsage;
import ai.artcafe.metrics.store.LiveWitnesses;
import ai.artcafe.metrics.tier.Feature;
import ai.artcafe.metrics.tier.LockedFeature;
import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.presence.PresenceChange;
import ai.artcafe.model.presence.PresenceStatus;
import ai.artcafe.model.usage.Gap;
import ai.artcafe.runtime.store.TenantRecord;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Looks at a tenant afresh. How far ledger and trackers are is always read first. */
@ApplicationScoped
class HealthReport {

    private static final Duration GAPS_OF = Duration.ofHours(24);

    /** As many changes as Redis keeps of a tenant. */
    private static final int CHANGES = 1_000;

    /** Of the agents that were not well when they last changed, so many are looked at. */
    private static final int LOOKED_AT = 200;

    private final LiveUsage usage;
    private final LiveFlow flow;
    private final LivePresence presence;
    private final LiveWitnesses witnesses;
    private final AnomalySummaries anomalies;
    private final Clock clock;

    HealthReport(
            LiveUsage usage,
            LiveFlow flow,
            LivePresence presence,
            LiveWitnesses witnesses,
            AnomalySummaries anomalies,
            Clock clock) {
        this.usage = usage;
        this.flow = flow;
        this.presence = presence;
        this.witnesses = witnesses;
        this.anomalies = anomalies;
        this.clock = clock;
    }

    HealthCheckAnswer of(TenantRecord tenant) {
        Instant now = clock.instant();
        TenantId id = tenant.tenantId();
        Freshness freshness = usage.freshness();
        Optional<Instant> heard = presence.heardThrough();
        boolean isTapped = flow.taps().through(now).isPresent();
        LiveTenant live = usage.tenant(id, now);
        Map<PresenceStatus, Long> counts = presence.counts(id);
        List<Issue> issues = new ArrayList<>();
        Stream.of(
                        DataIssues.ofLedger(freshness, now),
                        DataIssues.ofPresence(heard, now),
                        DataIssues.ofTap(tenant.tap(), isTapped, live.reconciled().coverage()),
                        DataIssues.ofGaps(gaps(id, now)),
                        DataIssues.ofDrift(live.reconciled()),
                        AgentIssues.of(counts, () -> unwell(id)),
                        QuotaIssues.of(tenant, live.today().totals().published().messages()),
                        AnomalyIssues.of(anomalies(tenant)))
                .forEach(issues::addAll);
        issues.sort(Comparator.comparing(Issue::severity).reversed());
        return HealthCheckAnswer.of(
                tenant,
                freshness,
                heard.map(_ -> Counts.of(counts)),
                live.reconciled().coverage(),
                issues,
                locked(tenant));
    }

    private Optional<AnomalySummary> anomalies(TenantRecord tenant) {
        return Feature.ANOMALIES.isIn(tenant.tier())
                ? anomalies.of(tenant.tenantId())
                : Optional.empty();
    }

    /** Those of the last day that stand; empty as well when there are too many to read. */
    private List<Gap> gaps(TenantId tenant, Instant now) {
        return witnesses.gaps(tenant).orElse(List.of()).stream()
                .filter(gap -> !gap.returned() && gap.to().isAfter(now.minus(GAPS_OF)))
                .toList();
    }

    /** Found by their last change: there is no list of agents by status. */
    private List<LivePresence.Known> unwell(TenantId tenant) {
        Map<AgentId, PresenceStatus> last = new LinkedHashMap<>();
        for (PresenceChange change : presence.changes(tenant, CHANGES)) {
            last.putIfAbsent(change.agent(), change.to());
        }
        List<AgentId> suspects =
                last.entrySet().stream()
                        .filter(entry -> AgentIssues.isUnwell(entry.getValue()))
                        .map(Map.Entry::getKey)
                        .limit(LOOKED_AT)
                        .toList();
        return presence.known(tenant, suspects);
    }

    private static List<LockedFeature> locked(TenantRecord tenant) {
        return Feature.lockedFor(tenant.tier()).stream()
                .filter(locked -> locked.feature() == Feature.ANOMALIES)
                .toList();
    }
}
