package ai.artcafe.metrics.usage;

import ai.artcafe.metrics.answer.LastAnswers;
import ai.artcafe.metrics.answer.QueryTime;
import ai.artcafe.metrics.answer.Question;
import ai.artcafe.metrics.limit.Cost;
import ai.artcafe.metrics.tier.Feature;
import ai.artcafe.metrics.tier.TierGate;
import ai.artcafe.metrics.tier.TierGated;
import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.usage.Period;
import ai.artcafe.runtime.store.TenantRecord;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestQuery;

/** {@code GET /api/v1/usage/stats} and {@code /api/v1/usage/current}. */
@Path("/api/v1/usage")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "usage")
public class UsageResource {

    private final TierGate gate;
    private final UsageReport report;
    private final LastAnswers answers;
    private final Clock clock;

    UsageResource(TierGate gate, UsageReport report, LastAnswers answers, Clock clock) {
        this.gate = gate;
        this.report = report;
        this.answers = answers;
        this.clock = clock;
    }

    @GET
    @Path("/stats")
    @Cost(2)
    @TierGated(value = Feature.AGENT_USAGE, when = "with `client_id`")
    @Operation(
            operationId = "usageStats",
            summary = "What the tenant, or one of its agents, has used",
            description =
                    "Exact totals of today (UTC), or of any range of whole hours of the last 13"
                            + " months. `agents` and `client_id` take the tier professional and"
                            + " whole days in UTC, by which an agent's usage is kept;"
                            + " `@unattributed` and `@gateway-<id>` among the agents are what was"
                            + " counted for the tenant and is no agent's. `adjustments` are among"
                            + " the published.")
    public UsageAnswer stats(
            @Parameter(description = "First instant: a date or an RFC 3339 time on the hour")
                    @RestQuery
                    Optional<String> from,
            @Parameter(description = "First instant after it; the end of this hour if left out")
                    @RestQuery
                    Optional<String> to,
            @Parameter(
                            description =
                                    "Where the days begin of which from and to are dates, and"
                                            + " today: a name of the IANA database; UTC if left"
                                            + " out")
                    @RestQuery("time_zone")
                    Optional<String> timeZone,
            @Parameter(description = "Only this agent's usage") @RestQuery("client_id")
                    Optional<String> clientId) {
        TenantRecord tenant = gate.tenant();
        Optional<AgentId> client = clientId.map(AgentId::new);
        client.ifPresent(_ -> TierGate.require(tenant.tier(), Feature.AGENT_USAGE));
        UsageRange range = UsageRange.parse(from, to, QueryTime.zone(timeZone), clock.instant());
        return answers.answer(
                question(tenant, range + " " + client),
                UsageAnswer.class,
                () ->
                        client.map(agent -> report.ofAgent(tenant, agent, range))
                                .orElseGet(() -> report.ofTenant(tenant, range)));
    }

    @GET
    @Path("/current")
    @Cost(2)
    @Operation(
            operationId = "usageCurrent",
            summary = "What the tenant has used in the billing period",
            description =
                    "Exact totals of this month (UTC), and what is left of the day's quota."
                            + " `projected`, of the month and in the quota, is what will probably"
                            + " have been published by its end, with bounds; it takes the tier"
                            + " enterprise, and is left out as long as there is no forecast.")
    public UsageAnswer current() {
        TenantRecord tenant = gate.tenant();
        UsageRange month = UsageRange.current(Period.MONTHLY, clock.instant());
        return answers.answer(
                question(tenant, "current " + month),
                UsageAnswer.class,
                () -> report.ofBillingPeriod(tenant));
    }

    private static Question question(TenantRecord tenant, String what) {
        return new Question(tenant.tenantId(), tenant.tier(), "usage " + what);
    }
}
