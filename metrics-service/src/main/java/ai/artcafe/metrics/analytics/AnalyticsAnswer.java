package ai.artcafe.metrics.analytics;

import ai.artcafe.metrics.answer.Answer;
import ai.artcafe.metrics.flow.Behaviour;
import ai.artcafe.metrics.flow.Percentiles;
import ai.artcafe.metrics.flow.Share;
import ai.artcafe.metrics.store.Freshness;
import ai.artcafe.metrics.tier.Feature;
import ai.artcafe.metrics.tier.LockedFeature;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.plan.Tier;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a tenant's agents did in a time.
 *
 * @param asOf the ledger's latest reading, {@code null} as long as there is none
 * @param completeThrough nothing before it is missing in the ledger; {@code null} as long as
 *     nothing is known
 * @param stale whether a store is away and this is the last known answer; left out when not
 * @param growth against as many steps before; left out where those are not known
 * @param detail of the whole time
 * @param locked what the tier does not show
 */
public record AnalyticsAnswer(
        TenantId tenantId,
        Tier tier,
        @JsonInclude(JsonInclude.Include.ALWAYS) Optional<Instant> asOf,
        @JsonInclude(JsonInclude.Include.ALWAYS) Optional<Instant> completeThrough,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean stale,
        Span period,
        Totals totals,
        Optional<Growth> growth,
        @JsonUnwrapped Shape shape,
        @JsonUnwrapped Detail detail,
        List<SeriesPoint> series,
        List<LockedFeature> locked)
        implements Answer<AnalyticsAnswer> {

    private static final Set<Feature> CONCERNED =
            EnumSet.of(Feature.ERROR_RATE, Feature.FORECAST, Feature.BEHAVIOUR);

    /**
     * @param to the first instant after it
     * @param step of the series: {@code minute} or {@code hour}
     */
    public record Span(Instant from, Instant to, String step) {}

    /**
     * Of the whole time; percentiles are of all messages, not means of the steps'. Left out where
     * nobody listened at any time.
     *
     * @param latencyMs from {@code Artcafe-Sent-At} to the tap, of the messages that have it
     * @param messageBytes payload and headers
     * @param subjects the most used, relative to the tenant; replies are under {@code _INBOX}
     * @param distinctSubjects how many, an estimate from 512 on
     * @param channels the most used
     * @param topAgents those that published most, by the ledger
     */
    public record Detail(
            Optional<Percentiles> latencyMs,
            Optional<Percentiles> messageBytes,
            Optional<List<Share>> subjects,
            Optional<Long> distinctSubjects,
            Optional<List<Share>> channels,
            Optional<List<Share>> topAgents,
            Optional<Behaviour> behaviour) {

        static final Detail UNKNOWN =
                new Detail(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty());
    }

    static List<LockedFeature> lockedFor(Tier tier) {
        return Feature.lockedFor(tier).stream()
                .filter(locked -> CONCERNED.contains(locked.feature()))
                .toList();
    }

    static Span span(AnalyticsRange range) {
        return new Span(range.from(), range.to(), range.stepName());
    }

    static AnalyticsAnswer of(
            TenantId tenant,
            Tier tier,
            Freshness freshness,
            AnalyticsRange range,
            Totals totals,
            Optional<Growth> growth,
            Detail detail,
            List<SeriesPoint> series) {
        return new AnalyticsAnswer(
                tenant,
                tier,
                freshness.asOf(),
                freshness.completeThrough(),
                false,
                span(range),
                totals,
                growth,
                Shape.of(range.step(), series),
                detail,
                series,
                lockedFor(tier));
    }

    @Override
    public AnalyticsAnswer asStale() {
        return new AnalyticsAnswer(
                tenantId,
                tier,
                asOf,
                completeThrough,
                true,
                period,
                totals,
                growth,
                shape,
                detail,
                series,
                locked);
    }

    @Override
    public boolean isSettled() {
        return completeThrough.filter(at -> !at.isBefore(period.to())).isPresent();
    }

    @Override
    public int rows() {
        return 1 + series.size();
    }
}
