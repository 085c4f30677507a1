package ai.artcafe.metrics.reconciliation;

import ai.artcafe.metrics.answer.Answer;
import ai.artcafe.metrics.store.Freshness;
import ai.artcafe.metrics.store.Reconciled;
import ai.artcafe.metrics.usage.UsageRange;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.plan.Tier;
import ai.artcafe.model.usage.Traffic;
import ai.artcafe.runtime.store.TenantRecord;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What three witnesses say of a tenant's traffic at the NATS door in a number of days, as far as
 * the comparison has settled. Figures are {@code null} as long as nothing has been compared.
 *
 * @param asOf the latest reading of any source, {@code null} as long as there is none
 * @param completeThrough nothing before it is missing; {@code null} as long as nothing is known
 * @param settledThrough up to when everything has been compared
 * @param stale whether a store is away and this is the last known answer; left out when not
 * @param ledger what the connections of its agents and gateways have published
 * @param server what the NATS servers have counted for its account
 * @param tap what the servers handed to the tap, while that was listening
 * @param drift what differs between them and is not explained by publishes that were refused, or by
 *     adjustments: published and not booked if positive, booked and not published if negative
 * @param coverage how much of what it was handed the tap has seen, 0 to 1
 * @param adjustments those booked in the range, in the order in which they were, a page of them
 * @param gaps those that began in the range, in their order, a page of them
 * @param nextCursor where both lists go on; left out at the end
 */
public record ReconciliationAnswer(
        TenantId tenantId,
        Tier tier,
        @JsonInclude(JsonInclude.Include.ALWAYS) Optional<Instant> asOf,
        @JsonInclude(JsonInclude.Include.ALWAYS) Optional<Instant> completeThrough,
        @JsonInclude(JsonInclude.Include.ALWAYS) Optional<Instant> settledThrough,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean stale,
        UsageRange period,
        @JsonInclude(JsonInclude.Include.ALWAYS) Optional<Traffic> ledger,
        @JsonInclude(JsonInclude.Include.ALWAYS) Optional<Traffic> server,
        @JsonInclude(JsonInclude.Include.ALWAYS) Optional<Traffic> tap,
        @JsonInclude(JsonInclude.Include.ALWAYS) Optional<Traffic> drift,
        @JsonInclude(JsonInclude.Include.ALWAYS) Optional<Double> coverage,
        List<AdjustmentView> adjustments,
        List<GapView> gaps,
        Optional<String> nextCursor)
        implements Answer<ReconciliationAnswer> {

    static ReconciliationAnswer of(
            TenantRecord tenant,
            Freshness freshness,
            UsageRange period,
            Reconciled said,
            RecordPage records) {
        Optional<Reconciled> known = Optional.of(said).filter(Reconciled::isKnown);
        return new ReconciliationAnswer(
                tenant.tenantId(),
                tenant.tier(),
                freshness.asOf(),
                freshness.completeThrough(),
                said.settledThrough(),
                false,
                period,
                known.map(Reconciled::ledger),
                known.map(Reconciled::server),
                known.map(Reconciled::tap),
                known.map(Reconciled::drift),
                known.flatMap(Reconciled::coverage),
                records.adjustments().stream().map(AdjustmentView::of).toList(),
                records.gaps().stream().map(GapView::of).toList(),
                records.nextCursor());
    }

    @Override
    public ReconciliationAnswer asStale() {
        return new ReconciliationAnswer(
                tenantId,
                tier,
                asOf,
                completeThrough,
                settledThrough,
                true,
                period,
                ledger,
                server,
                tap,
                drift,
                coverage,
                adjustments,
                gaps,
                nextCursor);
    }

    @Override
    public boolean isSettled() {
        return settledThrough.filter(at -> !at.isBefore(period.to())).isPresent();
    }

    @Override
    public int rows() {
        return 1 + adjustments.size() + gaps.size();
    }
}
