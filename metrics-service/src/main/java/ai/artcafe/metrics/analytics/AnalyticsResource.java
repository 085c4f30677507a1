package ai.artcafe.metrics.analytics;

import ai.artcafe.metrics.answer.LastAnswers;
import ai.artcafe.metrics.answer.Question;
import ai.artcafe.metrics.limit.Cost;
import ai.artcafe.metrics.tier.Feature;
import ai.artcafe.metrics.tier.TierGate;
import ai.artcafe.metrics.tier.TierGated;
import ai.artcafe.runtime.store.TenantRecord;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
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
    private final LastAnswers answers;
    private final Clock clock;

    AnalyticsResource(TierGate gate, AnalyticsReport report, LastAnswers answers, Clock clock) {
        this.gate = gate;
        this.report = report;
        this.answers = answers;
        this.clock = clock;
    }

    @GET
    @Cost(5)
    @TierGated(Feature.ANALYTICS)
    @Operation(
            operationId = "analytics",
            summary = "What the tenant's agents did in a time",
            description =
                    """
                    A series in minutes (up to 3 hours) or hours, totals, growth against the time \
                    before, trend, peak, quiet periods, percentiles of all messages, and the most \
                    used subjects and channels and busiest agents. Takes the tier professional, \
                    which looks back 7 days; enterprise looks back 30 and sees errors and behaviour.

                    `messages` and `bytes` of the series are what the taps saw. A step in which \
                    they listened and nothing flowed is zero; a `gap` is a step in which nobody \
                    listened to the tenant, and has no numbers; `incomplete` are numbers of a part \
                    of the step only; the present hour is `open`. `totals.published` and \
                    `totals.delivered` are the ledger's and exact, gaps or not, and so is the \
                    growth of whole hours.

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
                                    "Instead of a period, the first instant: a date or an RFC 3339"
                                            + " time, on the minute up to 3 hours, else on the hour")
                    @RestQuery
                    Optional<String> from,
            @Parameter(description = "First instant after it; now if left out") @RestQuery
                    Optional<String> to) {
        TenantRecord tenant = gate.tenant();
        AnalyticsRange range =
                AnalyticsRange.parse(period, from, to, tenant.tier(), clock.instant());
        String what = from.isPresent() ? range.toString() : period.orElse("");
        return answers.answer(
                new Question(tenant.tenantId(), tenant.tier(), "analytics " + what),
                AnalyticsAnswer.class,
                () -> report.of(tenant, range));
    }
}
