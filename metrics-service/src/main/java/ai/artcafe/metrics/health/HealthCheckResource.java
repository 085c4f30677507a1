package ai.artcafe.metrics.health;

import ai.artcafe.metrics.answer.LastAnswers;
import ai.artcafe.metrics.answer.Question;
import ai.artcafe.metrics.tier.TierGate;
import ai.artcafe.runtime.store.TenantRecord;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code GET /api/v1/metrics/health-check}, for every tier. */
@Path("/api/v1/metrics/health-check")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "metrics")
public class HealthCheckResource {

    private static final String EXAMPLE =
            """
            {"tenant_id": "acme", "tier": "professional", "as_of": "2026-11-21T03:50:05.300Z", \
            "complete_through": "2026-11-21T03:50:04.800Z", "status": "degraded", \
            "clients": {"online": 11, "degraded": 1, "unhealthy": 0, "offline": 2}, \
            "coverage": 1.0, "issues": [{"code": "agents_degraded", "severity": "warning", \
            "count": 1, "since": "2026-11-21T03:49:20.000Z", "client_ids": ["worker-7"], \
            "detail": "1 agent is degraded.", "action": "Look at these agents: they say so, or a \
            heartbeat is missing."}], \
            "locked": [{"feature": "anomalies", "requires": "enterprise"}]}\
            """;

    private final TierGate gate;
    private final HealthReport report;
    private final LastAnswers answers;

    HealthCheckResource(TierGate gate, HealthReport report, LastAnswers answers) {
        this.gate = gate;
        this.report = report;
        this.answers = answers;
    }

    @GET
    @Operation(
            operationId = "healthCheck",
            summary = "Whether all is well with the tenant's agents and figures",
            description =
                    """
                    Agents by status, and what is not as it should be, the worst first, each with a \
                    stable `code`, a `severity` and what to do: `agents_unhealthy`, \
                    `agents_degraded` (the agents are named, 20 at most), `presence_stale`, \
                    `data_stale`, `data_incomplete`, `no_data`, `tap_away`, `tap_coverage`, `gaps` \
                    (of the last 24 hours), `drift`, `quota_near` (80 %), `quota_exhausted`, and \
                    with enterprise `anomalies`.

                    `status` is `unhealthy` with a `critical` issue, `degraded` with a `warning`, \
                    and `unknown` while the figures are too old to tell, or there are none. The \
                    HTTP status is 200 all the same: it is the tenant's health, not the service's. \
                    While a store is away: the last known answer with `stale: true`, or 503.\
                    """)
    @APIResponse(
            responseCode = "200",
            description = "How the tenant is",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = HealthCheckAnswer.class),
                            examples = @ExampleObject(name = "degraded", value = EXAMPLE)))
    public HealthCheckAnswer healthCheck() {
        TenantRecord tenant = gate.tenant();
        return answers.answer(
                new Question(tenant.tenantId(), tenant.tier(), "health-check"),
                HealthCheckAnswer.class,
                () -> report.of(tenant));
    }
}
