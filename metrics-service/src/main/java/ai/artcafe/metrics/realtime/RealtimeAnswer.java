package ai.artcafe.metrics.realtime;

import ai.artcafe.metrics.answer.Answer;
import ai.artcafe.metrics.store.Freshness;
import ai.artcafe.metrics.store.LiveTenant;
import ai.artcafe.metrics.tier.Feature;
import ai.artcafe.metrics.tier.LockedFeature;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.plan.Tier;
import ai.artcafe.model.usage.Traffic;
import ai.artcafe.runtime.store.TenantRecord;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A tenant right now.
 *
 * @param asOf the latest reading in it, {@code null} as long as there is none
 * @param completeThrough nothing before it is missing; {@code null} as long as nothing is known
 * @param stale whether a store is away and this is the last known answer; left out when not
 * @param coverage how much of what the servers handed to the tap today it has seen, 0 to 1; left
 *     out while that is not known
 * @param activeClients agents with at least one open connection
 * @param today since midnight (UTC)
 * @param detail what the higher tiers see beside that
 * @param outlook what the highest tier sees beside that
 * @param locked what the tier does not show
 */
public record RealtimeAnswer(
        TenantId tenantId,
        Tier tier,
        @JsonInclude(JsonInclude.Include.ALWAYS) Optional<Instant> asOf,
        @JsonInclude(JsonInclude.Include.ALWAYS) Optional<Instant> completeThrough,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean stale,
        Optional<Double> coverage,
        Rates rates,
        long activeClients,
        Today today,
        @JsonUnwrapped LiveDetail detail,
        @JsonUnwrapped Outlook outlook,
        List<LockedFeature> locked)
        implements Answer<RealtimeAnswer> {

    /**
     * What has been counted since midnight (UTC).
     *
     * @param published messages taken in, once each
     * @param delivered messages handed out, once a receiving connection
     */
    public record Today(Traffic published, Traffic delivered) {}

    static RealtimeAnswer of(
            TenantRecord tenant,
            Freshness freshness,
            LiveTenant live,
            Rates rates,
            LiveDetail detail,
            Outlook outlook) {
        return new RealtimeAnswer(
                tenant.tenantId(),
                tenant.tier(),
                freshness.asOf(),
                freshness.completeThrough(),
                false,
                live.reconciled().coverage(),
                rates,
                live.activeClients(),
                new Today(live.today().totals().published(), live.today().totals().delivered()),
                detail,
                outlook,
                Feature.lockedFor(tenant.tier()));
    }

    @Override
    public RealtimeAnswer asStale() {
        return new RealtimeAnswer(
                tenantId,
                tier,
                asOf,
                completeThrough,
                true,
                coverage,
                rates,
                activeClients,
                today,
                detail,
                outlook,
                locked);
    }

    @Override
    public int rows() {
        return 1 + detail.rows();
    }

    @Override
    public boolean givenToMany() {
        return true;
    }
}
