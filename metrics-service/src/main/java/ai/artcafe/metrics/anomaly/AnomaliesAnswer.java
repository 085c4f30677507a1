package ai.artcafe.metrics.anomaly;

import ai.artcafe.metrics.answer.Answer;
import ai.artcafe.metrics.store.Freshness;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.plan.Tier;
import ai.artcafe.runtime.store.TenantRecord;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What was out of the ordinary in a tenant's traffic in the last hours.
 *
 * @param asOf the latest reading of any source, {@code null} as long as there is none
 * @param completeThrough nothing before it is missing; {@code null} as long as nothing is known
 * @param judgedThrough everything up to then has been looked at; {@code null} when nobody looks
 * @param stale whether a store is away and this is the last known answer; left out when not
 * @param hours how far back it goes
 * @param anomalies the latest first, a page of them
 * @param detectors how far each has come to know what is usual; empty when nobody looks
 * @param nextCursor where the list goes on; left out at the end
 */
public record AnomaliesAnswer(
        TenantId tenantId,
        Tier tier,
        @JsonInclude(JsonInclude.Include.ALWAYS) Optional<Instant> asOf,
        @JsonInclude(JsonInclude.Include.ALWAYS) Optional<Instant> completeThrough,
        @JsonInclude(JsonInclude.Include.ALWAYS) Optional<Instant> judgedThrough,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean stale,
        int hours,
        List<AnomalyView> anomalies,
        AnomalyCount summary,
        List<DetectorView> detectors,
        Optional<String> nextCursor)
        implements Answer<AnomaliesAnswer> {

    static AnomaliesAnswer of(
            TenantRecord tenant,
            Freshness freshness,
            Optional<AnomalySummary> now,
            int hours,
            List<AnomalyView> anomalies,
            AnomalyCount summary,
            Optional<String> nextCursor) {
        return new AnomaliesAnswer(
                tenant.tenantId(),
                tenant.tier(),
                freshness.asOf(),
                freshness.completeThrough(),
                now.map(AnomalySummary::judgedThrough),
                false,
                hours,
                anomalies,
                summary,
                now.map(AnomalySummary::detectors).orElse(List.of()),
                nextCursor);
    }

    @Override
    public AnomaliesAnswer asStale() {
        return new AnomaliesAnswer(
                tenantId,
                tier,
                asOf,
                completeThrough,
                judgedThrough,
                true,
                hours,
                anomalies,
                summary,
                detectors,
                nextCursor);
    }

    @Override
    public int rows() {
        return 1 + anomalies.size();
    }
}
