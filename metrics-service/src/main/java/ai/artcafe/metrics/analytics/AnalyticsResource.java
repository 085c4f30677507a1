package ai.artcafe.metrics.analytics;

import ai.artcafe.metrics.limit.Cost;
import ai.artcafe.metrics.tier.Feature;
import ai.artcafe.metrics.tier.TierGate;
import ai.artcafe.metrics.tier.TierGated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestQuery;

/** {@code GET /api/v1/metrics/analytics}. */
@Path("/api/v1/metrics/analytics")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "metrics")
public class AnalyticsResource {

    private final TierGate gate;
    private final AnalyticsReport report;

    AnalyticsResource(TierGate gate, AnalyticsReport report) {
        this.gate = gate;
        this.report = report;
    }

    @GET
    @Cost(5)
    @TierGated(Feature.ANALYTICS)
    @Operation(
            operationId = "analytics",
            summary = "What the tenant's agents, one of them, or all on one channel did in a time",
            description =
                    """
                    A series in minutes (up to 3 hours) or hours, totals, growth against the time \
                    before, trend, peak, quiet periods, percentiles of all messages, and the most \
                    used subjects and channels and busiest agents; of hours also the days and what \
                    the hours of the day are like. Takes the tier professional, which looks back \
                    7 days; enterprise looks back 30 and sees errors, behaviour and the forecast.

                    `messages` and `bytes` of the series are what the taps saw. A step in which \
                    they listened and nothing flowed is zero; a `gap` is a step in which nobody \
                    listened to the tenant, and has no numbers; `incomplete` are numbers of a part \
                    of the step only; the present hour is `open`. `totals.published` and \
                    `totals.delivered` are the ledger's and exact, gaps or not, and so are \
                    `days[].published`, the growth of whole hours and `top_agents`, which have \
                    `bytes` then; without `bytes` they are from sketches, as they are of minutes, \
                    of more than 2,000 agents, and of hours that ended less than 5 minutes ago.

                    With `client_id`, what one agent did: by the hour the ledger's exact numbers \
                    (`messages` is what it published), for enterprise its `client_behaviour`; by \
                    the minute what was read of its counters in it. An hour in which a counter \
                    was lost before it was read is `incomplete`; what the last minute booked to an \
                    hour that is over may be in the next one, and hours are `open` for 5 minutes \
                    more.

                    With `channel_id`, what the taps saw on it: at most `messages`, and at least \
                    `at_least` where that is another; where `totals.sampled_share` is below 1, \
                    both are scaled from a sample. A channel that nobody used has zeros.

                    Days are UTC days, or those of `time_zone`: then `peak` and `quiet_periods` \
                    have local times as well.

                    While a store is away: the last known answer with `stale: true`, or 503.\
                    """)
    public AnalyticsAnswer analytics(
            @Parameter(
                            description = "The last 1h, 24h, 7d or 30d; 24h if left out",
                            schema =
                                    @Schema(
                                            enumeration = {"1h", "24h", "7d", "30d"},
                                            defaultValue = "24h"),
                            example = "7d")
                    @RestQuery
                    Optional<String> period,
            @Parameter(
                            description =
                                    "Instead of a period, the first instant: a date (where its day"
                                            + " begins in the time zone) or an RFC 3339 time, on the"
                                            + " minute up to 3 hours, else on the hour in UTC",
                            example = "2026-11-14")
                    @RestQuery
                    Optional<String> from,
            @Parameter(
                            description = "First instant after it, as from; now if left out",
                            example = "2026-11-21")
                    @RestQuery
                    Optional<String> to,
            @Parameter(
                            description =
                                    "Whose days and hours: a name of the IANA time zone database;"
                                            + " UTC if left out",
                            example = "Europe/Zurich")
                    @RestQuery("time_zone")
                    Optional<String> timeZone,
            @Parameter(
                            description = "Only this agent; 404 if it is not the tenant's",
                            example = "planner-1")
                    @RestQuery("client_id")
                    Optional<String> clientId,
            @Parameter(
                            description = "Only this channel; not together with client_id",
                            example = "news")
                    @RestQuery("channel_id")
                    Optional<String> channelId) {
        return report.answer(
                gate.tenant(),
                new AnalyticsRequest(period, from, to, timeZone, clientId, channelId));
    }
}
