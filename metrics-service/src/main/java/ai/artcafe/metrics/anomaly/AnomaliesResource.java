package ai.artcafe.metrics.anomaly;

import ai.artcafe.metrics.answer.LastAnswers;
import ai.artcafe.metrics.answer.Question;
import ai.artcafe.metrics.limit.Cost;
import ai.artcafe.metrics.tier.Feature;
import ai.artcafe.metrics.tier.TierGate;
import ai.artcafe.metrics.tier.TierGated;
import ai.artcafe.model.plan.Tier;
import ai.artcafe.model.problem.ErrorCode;
import ai.artcafe.runtime.page.PageRequest;
import ai.artcafe.runtime.store.TenantRecord;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** {@code GET /api/v1/metrics/anomalies}, for the enterprise tier. */
@Path("/api/v1/metrics/anomalies")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "metrics")
public class AnomaliesResource {

    private static final int DEFAULT_HOURS = 24;
    private static final long MAX_HOURS = Tier.ENTERPRISE.detailRetention().toHours();

    private final TierGate gate;
    private final AnomaliesReport report;
    private final LastAnswers answers;

    AnomaliesResource(TierGate gate, AnomaliesReport report, LastAnswers answers) {
        this.gate = gate;
        this.report = report;
        this.answers = answers;
    }

    @GET
    @Cost(2)
    @TierGated(Feature.ANOMALIES)
    @Operation(
            operationId = "anomalies",
            summary = "What was out of the ordinary in the last hours",
            description =
                    """
                    Each anomaly has a time when it began and, once it is over, one when it ended, \
                    what was observed at its worst, what was to be expected, and the agent and \
                    subject that contributed most. `message_rate`: ten times as many messages as \
                    are usual in that hour; `rate_drift`: an hour outside of all that this hour of \
                    the day has seen for two weeks; `error_rate`: more than a tenth of what was \
                    attempted failed; `new_subjects`: more than a fifth of the subjects were not \
                    used in the week before; `auth_failures`: many failed log-ins; `pattern`: a \
                    minute unlike those before it, by a Random Cut Forest over rate, bytes, error \
                    rate, active agents and the spread over subjects; `counter_bypass` and \
                    `agent_disabled`: what the ledger found. The latest come first.

                    `detectors` says how far each has come to know what is usual: until it is \
                    `ready` it finds nothing. For the enterprise tier; others get 403 \
                    `tier_required`. While a store is away: the last known answer with \
                    `stale: true`, or 503.\
                    """)
    public AnomaliesAnswer anomalies(
            @Parameter(description = "How far back, 1 to 720 hours; 24 if left out") @RestQuery
                    @Nullable String hours,
            @Parameter(description = "How many at most, 1 to 100") @RestQuery
                    @Nullable String limit,
            @Parameter(description = "The next_cursor of the page before") @RestQuery
                    @Nullable String cursor) {
        TenantRecord tenant = gate.tenant();
        TierGate.require(tenant.tier(), Feature.ANOMALIES);
        int back = hours(hours);
        PageRequest page =
                PageRequest.of(AnomaliesReport.scope(tenant.tenantId(), back), limit, cursor);
        return answers.answer(
                new Question(tenant.tenantId(), tenant.tier(), "anomalies " + back + " " + page),
                AnomaliesAnswer.class,
                () -> report.of(tenant, back, page));
    }

    private static int hours(@Nullable String text) {
        if (text == null) {
            return DEFAULT_HOURS;
        }
        try {
            int hours = Integer.parseInt(text);
            if (hours >= 1 && hours <= MAX_HOURS) {
                return hours;
            }
        } catch (NumberFormatException _) {
            // answered below
        }
        throw ErrorCode.INVALID_REQUEST.because("hours must be 1 to " + MAX_HOURS);
    }
}
