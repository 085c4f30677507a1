package ai.artcafe.metrics.usage;

import ai.artcafe.metrics.answer.Answer;
import ai.artcafe.metrics.store.Booked;
import ai.artcafe.metrics.store.Freshness;
import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.plan.Tier;
import ai.artcafe.model.usage.Traffic;
import ai.artcafe.runtime.store.TenantRecord;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a tenant, or one of its agents, has used in a period.
 *
 * @param clientId the agent, when only one was asked about
 * @param asOf the latest reading in it, {@code null} as long as there is none
 * @param completeThrough nothing before it is missing; {@code null} as long as nothing is known
 * @param stale whether a store is away and this is the last known answer; left out when not
 * @param published messages taken in, adjustments included, control messages not
 * @param delivered messages handed out, once a receiving connection
 * @param control heartbeats, presence and self-reports; not billed
 * @param adjustments what reconciliation added to the published
 * @param agents the same for each agent, the busiest first, where the tier shows it and the range
 *     is not too long for it
 * @param quota of the day, where the billing period was asked for
 * @param projected what will probably have been published by the end of the billing period, where
 *     that was asked for and is known
 */
public record UsageAnswer(
        TenantId tenantId,
        Optional<AgentId> clientId,
        Tier tier,
        @JsonInclude(JsonInclude.Include.ALWAYS) Optional<Instant> asOf,
        @JsonInclude(JsonInclude.Include.ALWAYS) Optional<Instant> completeThrough,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean stale,
        UsagePeriod period,
        Traffic published,
        Traffic delivered,
        Traffic control,
        Traffic adjustments,
        Optional<List<AgentUsage>> agents,
        Optional<Quota> quota,
        Optional<ProjectedUsage> projected)
        implements Answer<UsageAnswer> {

    static UsageAnswer of(
            TenantRecord tenant,
            Optional<AgentId> client,
            Freshness freshness,
            UsagePeriod period,
            Booked booked) {
        return new UsageAnswer(
                tenant.tenantId(),
                client,
                tenant.tier(),
                freshness.asOf(),
                freshness.completeThrough(),
                false,
                period,
                booked.totals().published(),
                booked.totals().delivered(),
                booked.totals().control(),
                booked.adjustments(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    UsageAnswer with(Optional<List<AgentUsage>> eachAgent) {
        return copy(stale, eachAgent, quota, projected);
    }

    UsageAnswer with(Quota ofTheDay, Optional<ProjectedUsage> ofThePeriod) {
        return copy(stale, agents, Optional.of(ofTheDay), ofThePeriod);
    }

    @Override
    public UsageAnswer asStale() {
        return copy(true, agents, quota, projected);
    }

    @Override
    public boolean isSettled() {
        return completeThrough.filter(at -> !at.isBefore(period.to())).isPresent();
    }

    @Override
    public int rows() {
        return 1 + agents.map(List::size).orElse(0);
    }

    private UsageAnswer copy(
            boolean nowStale,
            Optional<List<AgentUsage>> nowAgents,
            Optional<Quota> nowQuota,
            Optional<ProjectedUsage> nowProjected) {
        return new UsageAnswer(
                tenantId,
                clientId,
                tier,
                asOf,
                completeThrough,
                nowStale,
                period,
                published,
                delivered,
                control,
                adjustments,
                nowAgents,
                nowQuota,
                nowProjected);
    }
}
