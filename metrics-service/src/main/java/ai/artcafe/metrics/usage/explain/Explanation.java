package ai.artcafe.metrics.usage.explain;

import ai.artcafe.metrics.answer.Answer;
import ai.artcafe.metrics.reconciliation.GapView;
import ai.artcafe.metrics.store.Freshness;
import ai.artcafe.metrics.usage.Amount;
import ai.artcafe.metrics.usage.UsagePeriod;
import ai.artcafe.model.identity.Attribution;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.plan.Tier;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What an amount is made of.
 *
 * @param asOf the latest reading in it, {@code null} as long as there is none
 * @param completeThrough nothing before it is missing; {@code null} as long as nothing is known
 * @param stale whether a store is away and this is the last known answer; left out when not
 * @param agentId whose amount, where it is not the tenant's
 * @param parts the rollups it is the sum of; left out where none are kept: of an hour, and of an
 *     agent's day
 * @param gaps times in the period in which a server ended without its last counters having been
 *     read, the first 100: what they would have added is in no amount
 * @param sessions where an agent was asked about
 */
public record Explanation(
        TenantId tenantId,
        Tier tier,
        @JsonInclude(JsonInclude.Include.ALWAYS) Optional<Instant> asOf,
        @JsonInclude(JsonInclude.Include.ALWAYS) Optional<Instant> completeThrough,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean stale,
        Optional<Attribution> agentId,
        UsagePeriod period,
        Amount amount,
        Optional<ExplainedParts> parts,
        ExplainedAdjustments adjustments,
        List<GapView> gaps,
        Optional<ExplainedSessions> sessions)
        implements Answer<Explanation> {

    public Explanation {
        gaps = List.copyOf(gaps);
    }

    static Explanation of(
            Whose whose,
            Freshness freshness,
            UsagePeriod period,
            Amount amount,
            Optional<ExplainedParts> parts,
            ExplainedAdjustments adjustments,
            List<GapView> gaps,
            Optional<ExplainedSessions> sessions) {
        return new Explanation(
                whose.tenant().tenantId(),
                whose.tenant().tier(),
                freshness.asOf(),
                freshness.completeThrough(),
                false,
                whose.agent(),
                period,
                amount,
                parts,
                adjustments,
                gaps,
                sessions);
    }

    @Override
    public Explanation asStale() {
        return new Explanation(
                tenantId,
                tier,
                asOf,
                completeThrough,
                true,
                agentId,
                period,
                amount,
                parts,
                adjustments,
                gaps,
                sessions);
    }

    @Override
    public int rows() {
        return 1
                + parts.map(list -> list.items().size()).orElse(0)
                + adjustments.items().size()
                + gaps.size()
                + sessions.map(list -> list.items().size()).orElse(0);
    }
}
