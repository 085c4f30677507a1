package ai.artcafe.metrics.presence;

import ai.artcafe.metrics.presence.PresenceAnswer.Counts;
import ai.artcafe.metrics.store.Agents;
import ai.artcafe.metrics.store.LivePresence;
import ai.artcafe.metrics.store.LiveUsage;
import ai.artcafe.metrics.store.PresenceArchive;
import ai.artcafe.metrics.tier.Feature;
import ai.artcafe.metrics.tier.LockedFeature;
import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.key.UsageKeys;
import ai.artcafe.model.plan.Tier;
import ai.artcafe.model.presence.PresenceChange;
import ai.artcafe.model.presence.PresenceStatus;
import ai.artcafe.model.problem.ErrorCode;
import ai.artcafe.runtime.page.Cursor;
import ai.artcafe.runtime.page.PageRequest;
import ai.artcafe.runtime.store.TenantRecord;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Puts together who is there, as far as the tenant's tier may see it. */
@ApplicationScoped
class PresenceReport {

    /** Trackers put down every second up to when they have heard the agents. */
    private static final Duration FRESH = Duration.ofSeconds(10);

    /** As many changes as Redis keeps of a tenant. */
    private static final int RECENT = 1000;

    private static final int SHOWN_CHANGES = 50;

    private final LivePresence live;
    private final LiveUsage usage;
    private final PresenceArchive archive;
    private final Agents agents;
    private final Clock clock;

    PresenceReport(
            LivePresence live,
            LiveUsage usage,
            PresenceArchive archive,
            Agents agents,
            Clock clock) {
        this.live = live;
        this.usage = usage;
        this.archive = archive;
        this.agents = agents;
        this.clock = clock;
    }

    /** Names the list of a tenant's agents in cursors. */
    static String scope(TenantId tenant) {
        return "presence/" + tenant;
    }

    /** Names the history of one agent in cursors. */
    static String scope(TenantId tenant, AgentId agent) {
        return scope(tenant) + "/" + agent;
    }

    PresenceAnswer ofTenant(TenantRecord tenant, PageRequest page) {
        Optional<Instant> asOf = live.heardThrough();
        List<AgentId> names = live.agents(tenant.tenantId(), page);
        boolean more = names.size() > page.limit();
        List<AgentId> shown = more ? names.subList(0, page.limit()) : names;
        boolean showChanges =
                Feature.PRESENCE_HISTORY.isIn(tenant.tier()) && page.after().isEmpty();
        return answer(
                tenant,
                asOf,
                live.known(tenant.tenantId(), shown).stream()
                        .map(known -> ClientPresence.of(known, tenant.tier()))
                        .toList(),
                showChanges
                        ? Optional.of(
                                live.changes(tenant.tenantId(), SHOWN_CHANGES).stream()
                                        .map(ChangeView::of)
                                        .toList())
                        : Optional.empty(),
                more
                        ? Optional.of(Cursor.of(scope(tenant.tenantId()), shown.getLast().value()))
                        : Optional.empty());
    }

    /**
     * @throws ai.artcafe.model.problem.ProblemException {@code not_found} when it is no agent of
     *     the tenant
     */
    PresenceAnswer ofAgent(TenantRecord tenant, AgentId agent, PageRequest page) {
        Optional<Instant> asOf = live.heardThrough();
        ClientPresence client =
                live.known(tenant.tenantId(), List.of(agent)).stream()
                        .findFirst()
                        .map(known -> ClientPresence.of(known, tenant.tier()))
                        .orElseGet(() -> neverSeen(tenant.tenantId(), agent));
        if (!Feature.PRESENCE_HISTORY.isIn(tenant.tier())) {
            return answer(tenant, asOf, List.of(client), Optional.empty(), Optional.empty());
        }
        SortedMap<String, PresenceChange> history = history(tenant, agent, page);
        List<Map.Entry<String, PresenceChange>> shown =
                history.entrySet().stream().limit(page.limit()).toList();
        return answer(
                tenant,
                asOf,
                List.of(
                        client.with(
                                shown.stream()
                                        .map(entry -> ChangeView.ofOne(entry.getValue()))
                                        .toList())),
                Optional.empty(),
                history.size() > page.limit()
                        ? Optional.of(
                                Cursor.of(
                                        scope(tenant.tenantId(), agent), shown.getLast().getKey()))
                        : Optional.empty());
    }

    private ClientPresence neverSeen(TenantId tenant, AgentId agent) {
        if (!agents.isRegistered(tenant, agent)) {
            throw ErrorCode.NOT_FOUND.because("There is no such agent.");
        }
        return ClientPresence.bare(agent, PresenceStatus.OFFLINE);
    }

    /** The latest first; Redis has those that are not in DynamoDB yet. */
    private SortedMap<String, PresenceChange> history(
            TenantRecord tenant, AgentId agent, PageRequest page) {
        Instant from = clock.instant().minus(tenant.tier().detailRetention());
        String first = UsageKeys.PRESENCES + from;
        String before = page.after().orElse(UsageKeys.PRESENCES + "~");
        if (!before.startsWith(UsageKeys.PRESENCES)) {
            throw ErrorCode.INVALID_REQUEST.because("cursor is not one that this list gave out");
        }
        SortedMap<String, PresenceChange> history = new TreeMap<>(Comparator.reverseOrder());
        if (before.compareTo(first) <= 0) {
            return history;
        }
        Stream.concat(
                        archive
                                .changes(tenant.tenantId(), agent, first, before, page.limit() + 1)
                                .stream(),
                        live.changes(tenant.tenantId(), RECENT).stream()
                                .filter(change -> change.agent().equals(agent)))
                .forEach(change -> {
                    String key = UsageKeys.presence(change.at(), change.to());
                    if (key.compareTo(first) >= 0 && key.compareTo(before) < 0) {
                        history.put(key, change);
                    }
                });
        return history;
    }

    private PresenceAnswer answer(
            TenantRecord tenant,
            Optional<Instant> asOf,
            List<ClientPresence> clients,
            Optional<List<ChangeView>> changes,
            Optional<String> nextCursor) {
        Instant now = clock.instant();
        return new PresenceAnswer(
                tenant.tenantId(),
                tenant.tier(),
                asOf,
                usage.freshness().completeThrough(),
                asOf.filter(at -> at.plus(FRESH).isBefore(now)).isPresent(),
                asOf.map(_ -> Counts.of(live.counts(tenant.tenantId()))),
                clients,
                changes,
                nextCursor,
                locked(tenant.tier()));
    }

    private static List<LockedFeature> locked(Tier tier) {
        return Stream.of(Feature.PRESENCE_DETAIL, Feature.PRESENCE_HISTORY)
                .filter(feature -> !feature.isIn(tier))
                .map(feature -> new LockedFeature(feature, feature.requires()))
                .toList();
    }
}
