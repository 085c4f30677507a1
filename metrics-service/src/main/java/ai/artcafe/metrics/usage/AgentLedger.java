package ai.artcafe.metrics.usage;

import ai.artcafe.metrics.answer.QueryTime;
import ai.artcafe.metrics.store.Agents;
import ai.artcafe.metrics.store.Booked;
import ai.artcafe.metrics.store.LiveUsage;
import ai.artcafe.metrics.store.Rollups;
import ai.artcafe.metrics.store.Slice;
import ai.artcafe.metrics.store.UsageOwner;
import ai.artcafe.metrics.store.UsageOwner.OfAgent;
import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.Attribution;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.usage.Period;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Adds up what is booked to single agents. */
@ApplicationScoped
public class AgentLedger {

    /** How many values are read for one answer: beyond that it is without its agents. */
    private static final int VALUES_AT_MOST = 5_000;

    /** How many agents an answer lists. */
    private static final int AGENTS_AT_MOST = 1_000;

    private static final Comparator<AgentUsage> BUSIEST_FIRST =
            Comparator.comparingLong((AgentUsage agent) -> agent.published().messages())
                    .reversed()
                    .thenComparing(agent -> agent.agentId().value());

    private final Ledger ledger;
    private final LiveUsage live;
    private final Rollups rollups;
    private final Agents agents;

    AgentLedger(Ledger ledger, LiveUsage live, Rollups rollups, Agents agents) {
        this.ledger = ledger;
        this.live = live;
        this.rollups = rollups;
        this.agents = agents;
    }

    /** Whether the agent is the tenant's: registered, or once known by its usage. */
    public boolean isOf(TenantId tenant, AgentId agent) {
        return live.hasUsed(tenant, agent) || agents.isRegistered(tenant, agent);
    }

    Booked sum(TenantId tenant, AgentId agent, List<Slice> slices, Instant now) {
        if (!isKept(slices)) {
            throw QueryTime.invalid(
                    "from",
                    "The usage of a single agent is kept by whole days in UTC, not by hours.");
        }
        return ledger.sum(new OfAgent(tenant, agent), slices, now);
    }

    /**
     * Everyone to whom anything is booked, so that they sum to the tenant; empty when that would be
     * too much to read, or the time is not made of whole days.
     */
    Optional<List<AgentUsage>> each(TenantId tenant, List<Slice> slices, Instant now) {
        if (!isKept(slices)) {
            return Optional.empty();
        }
        Set<Attribution> ids = idsIn(tenant, slices, now);
        if ((long) ids.size() * slices.size() > VALUES_AT_MOST) {
            return Optional.empty();
        }
        List<OfAgent> owners = ids.stream().map(agent -> new OfAgent(tenant, agent)).toList();
        Map<UsageOwner, Booked> sums = ledger.sums(owners, slices, now);
        return Optional.of(
                owners.stream()
                        .flatMap(owner -> usage(owner, sums).stream())
                        .sorted(BUSIEST_FIRST)
                        .limit(AGENTS_AT_MOST)
                        .toList());
    }

    private static Optional<AgentUsage> usage(OfAgent owner, Map<UsageOwner, Booked> sums) {
        return Optional.ofNullable(sums.get(owner))
                .map(booked -> AgentUsage.of(owner.agent(), booked));
    }

    private Set<Attribution> idsIn(TenantId tenant, List<Slice> slices, Instant now) {
        List<Slice> alive = slices.stream().filter(slice -> slice.isLive(now)).toList();
        Set<Attribution> ids = new HashSet<>(live.agents(tenant, alive));
        if (alive.size() < slices.size()) {
            ids.addAll(agents.registered(tenant, VALUES_AT_MOST));
            ids.addAll(rollups.everBooked(tenant, VALUES_AT_MOST));
        }
        return ids;
    }

    /** The hours of agents are kept nowhere. */
    private static boolean isKept(List<Slice> slices) {
        return slices.stream().noneMatch(slice -> slice.period() == Period.HOURLY);
    }
}
