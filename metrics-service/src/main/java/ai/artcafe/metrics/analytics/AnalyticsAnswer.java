package ai.artcafe.metrics.analytics;

import ai.artcafe.metrics.answer.Answer;
import ai.artcafe.metrics.flow.Behaviour;
import ai.artcafe.metrics.flow.Percentiles;
import ai.artcafe.metrics.flow.Share;
import ai.artcafe.metrics.store.Freshness;
import ai.artcafe.metrics.tier.Feature;
import ai.artcafe.metrics.tier.LockedFeature;
import ai.artcafe.model.forecast.Forecast;
import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.ChannelId;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.plan.Tier;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a tenant's agents, one of them, or all on one channel did in a time.
 *
 * @param clientId the agent, where only one was asked for
 * @param channelId the channel, where only one was asked for
 * @param asOf the ledger's latest reading, {@code null} as long as there is none
 * @param completeThrough nothing before it is missing in the ledger; {@code null} as long as
 *     nothing is known
 * @param stale whether a store is away and this is the last known answer; left out when not
 * @param growth against as many steps before; left out where those are not known
 * @param calendar of hours
 * @param detail of the whole time
 * @param clientBehaviour of the agent that was asked for, in hours
 * @param forecast of the tenant, where the time reaches up to now; without a projection as long as
 *     there is too little history
 * @param locked what the tier does not show
 */
public record AnalyticsAnswer(
        TenantId tenantId,
        Optional<AgentId> clientId,
        Optional<ChannelId> channelId,
        Tier tier,
        @JsonInclude(JsonInclude.Include.ALWAYS) Optional<Instant> asOf,
        @JsonInclude(JsonInclude.Include.ALWAYS) Optional<Instant> completeThrough,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean stale,
        Span period,
        Totals totals,
        Optional<Growth> growth,
        @JsonUnwrapped Shape shape,
        @JsonUnwrapped Calendar calendar,
        @JsonUnwrapped Detail detail,
        Optional<ClientBehaviour> clientBehaviour,
        Optional<Forecast> forecast,
        List<SeriesPoint> series,
        List<LockedFeature> locked)
        implements Answer<AnalyticsAnswer> {

    private static final Set<Feature> CONCERNED =
            EnumSet.of(Feature.ERROR_RATE, Feature.FORECAST, Feature.BEHAVIOUR);

    /**
     * @param to the first instant after it
     * @param step of the series: {@code minute} or {@code hour}
     * @param timeZone by whose days and hours it is told, where one was asked for
     */
    public record Span(Instant from, Instant to, String step, Optional<String> timeZone) {}

    /**
     * Of the whole time; percentiles are of all messages, not means of the steps'. Left out where
     * nobody listened at any time, and of one agent or channel.
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
            Optional<List<BusyAgent>> topAgents,
            Optional<Behaviour> behaviour) {

        static final Detail UNKNOWN = ofLedger(Optional.empty());

        /** Where nobody listened. */
        static Detail ofLedger(Optional<List<BusyAgent>> topAgents) {
            return new Detail(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    topAgents,
                    Optional.empty());
        }
    }

    private static List<LockedFeature> lockedFor(Tier tier) {
        return Feature.lockedFor(tier).stream()
                .filter(locked -> CONCERNED.contains(locked.feature()))
                .toList();
    }

    /** Whose answer to what. */
    record Head(TenantId tenant, Tier tier, Freshness freshness, AnalyticsQuery query) {

        private Span span() {
            AnalyticsRange range = query.range();
            return new Span(
                    range.from(), range.to(), range.stepName(), query.zone().map(ZoneId::getId));
        }

        private Shape shape(List<SeriesPoint> series) {
            return Shape.of(query.range().step(), series, query.zone());
        }
    }

    static AnalyticsAnswer ofTenant(
            Head head,
            Totals totals,
            Optional<Growth> growth,
            Calendar calendar,
            Detail detail,
            Optional<Forecast> forecast,
            List<SeriesPoint> series) {
        return of(
                head,
                Optional.empty(),
                Optional.empty(),
                totals,
                growth,
                calendar,
                detail,
                Optional.empty(),
                forecast,
                series);
    }

    static AnalyticsAnswer ofClient(
            Head head,
            AgentId agent,
            Totals totals,
            Optional<Growth> growth,
            Calendar calendar,
            Optional<ClientBehaviour> behaviour,
            List<SeriesPoint> series) {
        return of(
                head,
                Optional.of(agent),
                Optional.empty(),
                totals,
                growth,
                calendar,
                Detail.UNKNOWN,
                behaviour,
                Optional.empty(),
                series);
    }

    static AnalyticsAnswer ofChannel(
            Head head,
            ChannelId channel,
            Totals totals,
            Calendar calendar,
            List<SeriesPoint> series) {
        return of(
                head,
                Optional.empty(),
                Optional.of(channel),
                totals,
                Optional.empty(),
                calendar,
                Detail.UNKNOWN,
                Optional.empty(),
                Optional.empty(),
                series);
    }

    private static AnalyticsAnswer of(
            Head head,
            Optional<AgentId> client,
            Optional<ChannelId> channel,
            Totals totals,
            Optional<Growth> growth,
            Calendar calendar,
            Detail detail,
            Optional<ClientBehaviour> behaviour,
            Optional<Forecast> forecast,
            List<SeriesPoint> series) {
        return new AnalyticsAnswer(
                head.tenant,
                client,
                channel,
                head.tier,
                head.freshness.asOf(),
                head.freshness.completeThrough(),
                false,
                head.span(),
                totals,
                growth,
                head.shape(series),
                calendar,
                detail,
                behaviour,
                forecast,
                series,
                lockedFor(head.tier));
    }

    @Override
    public AnalyticsAnswer asStale() {
        return new AnalyticsAnswer(
                tenantId,
                clientId,
                channelId,
                tier,
                asOf,
                completeThrough,
                true,
                period,
                totals,
                growth,
                shape,
                calendar,
                detail,
                clientBehaviour,
                forecast,
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
