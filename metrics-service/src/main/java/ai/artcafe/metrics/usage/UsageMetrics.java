package ai.artcafe.metrics.usage;

import ai.artcafe.metrics.answer.Answer;
import ai.artcafe.metrics.tier.Feature;
import ai.artcafe.metrics.tier.LockedFeature;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.plan.Tier;
import ai.artcafe.model.usage.Traffic;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a tenant has used today and in the billing period.
 *
 * @param asOf the latest reading in it, {@code null} as long as there is none
 * @param completeThrough nothing before it is missing; {@code null} as long as nothing is known
 * @param stale whether a store is away and this is the last known answer; left out when not
 * @param today since midnight (UTC); exact
 * @param billingPeriod since the month's beginning (UTC); exact
 * @param quota of the day
 * @param channels today's, as the taps saw them; left out where the tier does not show it
 * @param locked what the tier does not show
 */
public record UsageMetrics(
        TenantId tenantId,
        Tier tier,
        @JsonInclude(JsonInclude.Include.ALWAYS) Optional<Instant> asOf,
        @JsonInclude(JsonInclude.Include.ALWAYS) Optional<Instant> completeThrough,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean stale,
        Used today,
        Used billingPeriod,
        Optional<Quota> quota,
        Optional<ChannelUsage> channels,
        List<LockedFeature> locked)
        implements Answer<UsageMetrics> {

    private static final Set<Feature> CONCERNED =
            EnumSet.of(Feature.AGENT_USAGE, Feature.CHANNELS, Feature.FORECAST);

    /**
     * What has been used in a time.
     *
     * @param published adjustments included, control not
     * @param agents of each agent, the busiest first; left out where the tier does not show it or
     *     there are too many
     * @param projected what will probably have been published by its end, where that is known
     */
    public record Used(
            UsagePeriod period,
            Traffic published,
            Traffic delivered,
            Traffic control,
            Traffic adjustments,
            Optional<List<AgentUsage>> agents,
            Optional<ProjectedUsage> projected) {

        private static Used of(UsageAnswer answer) {
            return new Used(
                    answer.period(),
                    answer.published(),
                    answer.delivered(),
                    answer.control(),
                    answer.adjustments(),
                    answer.agents(),
                    answer.projected());
        }
    }

    /** How far the ledger is, is what was said first: the rest is at least as far. */
    static UsageMetrics of(UsageAnswer today, UsageAnswer month) {
        return new UsageMetrics(
                today.tenantId(),
                today.tier(),
                today.asOf(),
                today.completeThrough(),
                false,
                Used.of(today),
                Used.of(month),
                month.quota(),
                Optional.empty(),
                Feature.lockedFor(today.tier()).stream()
                        .filter(locked -> CONCERNED.contains(locked.feature()))
                        .toList());
    }

    UsageMetrics with(ChannelUsage seen) {
        return copy(stale, Optional.of(seen));
    }

    @Override
    public UsageMetrics asStale() {
        return copy(true, channels);
    }

    @Override
    public int rows() {
        return 1
                + today.agents().map(List::size).orElse(0)
                + billingPeriod.agents().map(List::size).orElse(0);
    }

    private UsageMetrics copy(boolean nowStale, Optional<ChannelUsage> nowChannels) {
        return new UsageMetrics(
                tenantId,
                tier,
                asOf,
                completeThrough,
                nowStale,
                today,
                billingPeriod,
                quota,
                nowChannels,
                locked);
    }
}
