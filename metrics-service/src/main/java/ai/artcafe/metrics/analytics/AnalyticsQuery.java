package ai.artcafe.metrics.analytics;

import ai.artcafe.metrics.answer.QueryTime;
import ai.artcafe.metrics.tier.Feature;
import ai.artcafe.metrics.tier.TierGate;
import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.ChannelId;
import ai.artcafe.model.plan.Tier;
import ai.artcafe.model.problem.ProblemException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * What is asked of the past.
 *
 * @param zone in whose local time it is told as well; empty where none was asked for
 */
record AnalyticsQuery(AnalyticsRange range, Optional<ZoneId> zone, About about) {

    /** What it is about. */
    sealed interface About {}

    /** The whole tenant. */
    record Everything() implements About {}

    record OneClient(AgentId agent) implements About {}

    record OneChannel(ChannelId channel) implements About {}

    /**
     * @throws ProblemException {@code tier_required} or {@code invalid_request}
     */
    static AnalyticsQuery parse(AnalyticsRequest request, Tier tier, Instant now) {
        TierGate.require(tier, Feature.ANALYTICS);
        Optional<ZoneId> zone = request.timeZone().map(name -> QueryTime.zone(Optional.of(name)));
        AnalyticsRange range =
                AnalyticsRange.parse(
                        request.period(),
                        request.from(),
                        request.to(),
                        zone.orElse(ZoneOffset.UTC),
                        tier,
                        now);
        return new AnalyticsQuery(range, zone, about(request, tier));
    }

    private static About about(AnalyticsRequest request, Tier tier) {
        if (request.clientId().isPresent() && request.channelId().isPresent()) {
            throw QueryTime.invalid(
                    "channel_id", "Ask for a client_id or for a channel_id, not for both.");
        }
        if (request.clientId().isPresent()) {
            TierGate.require(tier, Feature.AGENT_USAGE);
            return new OneClient(new AgentId(request.clientId().get()));
        }
        if (request.channelId().isPresent()) {
            TierGate.require(tier, Feature.CHANNELS);
            return new OneChannel(new ChannelId(request.channelId().get()));
        }
        return new Everything();
    }

    /** Where days begin and end. */
    ZoneId days() {
        return zone.orElse(ZoneOffset.UTC);
    }
}
