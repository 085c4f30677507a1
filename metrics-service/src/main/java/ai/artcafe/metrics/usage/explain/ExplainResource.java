package ai.artcafe.metrics.usage.explain;

import ai.artcafe.metrics.answer.LastAnswers;
import ai.artcafe.metrics.answer.QueryTime;
import ai.artcafe.metrics.answer.Question;
import ai.artcafe.metrics.limit.Cost;
import ai.artcafe.metrics.tier.Feature;
import ai.artcafe.metrics.tier.TierGate;
import ai.artcafe.metrics.tier.TierGated;
import ai.artcafe.model.identity.Attribution;
import ai.artcafe.model.usage.Period;
import ai.artcafe.runtime.page.PageRequest;
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
import org.jspecify.annotations.Nullable;

/** {@code GET /api/v1/usage/explain}. */
@Path("/api/v1/usage/explain")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "usage")
public class ExplainResource {

    private final TierGate gate;
    private final ExplainReport report;
    private final LastAnswers answers;
    private final Clock clock;

    ExplainResource(TierGate gate, ExplainReport report, LastAnswers answers, Clock clock) {
        this.gate = gate;
        this.report = report;
        this.answers = answers;
        this.clock = clock;
    }

    @GET
    @Cost(3)
    @TierGated(value = Feature.AGENT_USAGE, when = "with `agent`")
    @Operation(
            operationId = "usageExplain",
            summary = "What an amount is made of",
            description =
                    """
                    The amount of a month, a day or an hour (UTC); the days or hours that it is \
                    the sum of, with what is left (`parts.difference`: zero); the adjustments in \
                    it, with their evidence, and what their sum leaves of `amount.adjustments` \
                    (zero); adjustments that belong to this month and, as it was closed, are \
                    booked in a later one; and the gaps: what was in these is in no amount.

                    With `agent` (from the tier professional on), the same of one agent, or of \
                    `@unattributed` or `@gateway-<id>`, and the connections that were open in the \
                    period, by their last reading. The days of agents are kept, not their hours. \
                    Of a connection that crosses the period's beginning or end (`within`: `part`) \
                    it is not known exactly how much lies within: `sessions.proof` says between \
                    what the amount must lie, and where no connection crosses, that it is exact.\
                    """)
    public Explanation explain(
            @Parameter(
                            example = "2026-11",
                            description =
                                    "A month (2026-11), a day (2026-11-21) or an hour"
                                            + " (2026-11-21T03); this month if left out")
                    @RestQuery
                    Optional<String> period,
            @Parameter(description = "Only of this agent, with its connections") @RestQuery
                    Optional<String> agent,
            @Parameter(description = "How many connections at most, 1 to 100") @RestQuery
                    @Nullable String limit,
            @Parameter(description = "The next_cursor of the page before") @RestQuery
                    @Nullable String cursor) {
        TenantRecord tenant = gate.tenant();
        agent.ifPresent(_ -> TierGate.require(tenant.tier(), Feature.AGENT_USAGE));
        ExplainedPeriod explained = ExplainedPeriod.parse(period, clock.instant());
        Whose whose = new Whose(tenant, agent.map(ExplainResource::attribution));
        if (agent.isPresent() && explained.slice().period() == Period.HOURLY) {
            throw QueryTime.invalid(
                    "period", "The usage of agents is kept by days: ask for a day or a month.");
        }
        PageRequest page = PageRequest.of(ExplainReport.scope(whose, explained), limit, cursor);
        return answers.answer(
                new Question(
                        tenant.tenantId(),
                        tenant.tier(),
                        "explain " + explained + " " + whose.agent() + " " + page),
                Explanation.class,
                () -> report.of(whose, explained, page));
    }

    private static Attribution attribution(String name) {
        return Attribution.parse(name)
                .orElseThrow(() ->
                        QueryTime.invalid(
                                "agent",
                                "agent must be an agent's id, @unattributed or @gateway-<id>."));
    }
}
