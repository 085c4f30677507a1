package ai.artcafe.metrics.reconciliation;

import ai.artcafe.metrics.answer.LastAnswers;
import ai.artcafe.metrics.answer.Question;
import ai.artcafe.metrics.limit.Cost;
import ai.artcafe.metrics.tier.TierGate;
import ai.artcafe.metrics.usage.UsageRange;
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

/** {@code GET /api/v1/usage/reconciliation}, for every tier. */
@Path("/api/v1/usage/reconciliation")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "usage")
public class ReconciliationResource {

    private final TierGate gate;
    private final ReconciliationReport report;
    private final LastAnswers answers;
    private final Clock clock;

    ReconciliationResource(
            TierGate gate, ReconciliationReport report, LastAnswers answers, Clock clock) {
        this.gate = gate;
        this.report = report;
        this.answers = answers;
        this.clock = clock;
    }

    @GET
    @Cost(2)
    @Operation(
            operationId = "usageReconciliation",
            summary = "How far the count has been proved, and what was adjusted",
            description =
                    """
                    Three witnesses count what the tenant publishes at the NATS door, and are \
                    compared whenever its traffic settles: `ledger` is the sum over all connections, \
                    `server` what the servers counted for the whole account, `tap` what they handed \
                    to the platform's own subscription (of the times in which that was listening). \
                    A publish that a server refuses is in `ledger` and `server`, not in `tap`; one \
                    that a client hides from the counters is in `tap` only; one that was lost in a \
                    connection that the server cut is not in `ledger`. What was hidden or lost is \
                    booked as an adjustment. `drift` is what remains: what the witnesses differ by \
                    and neither refused publishes nor adjustments explain; positive is published \
                    and not booked, negative is booked and not published, and zero is the rule.

                    `coverage` is the share of what it was handed that the tap has seen: it says \
                    how complete the live distribution is, not the bill. `gaps` are times in which \
                    a server ended without anyone having read its last counters.

                    Of today (UTC), or of any range of whole days of the last 13 months. Figures \
                    are null as long as nothing has been compared. `adjustments` and `gaps` are \
                    paged together: `next_cursor` leads to the rest of both. While a store is \
                    away: the last known answer with `stale: true`, or 503.\
                    """)
    public ReconciliationAnswer reconciliation(
            @Parameter(description = "First day: a date, or an RFC 3339 time at midnight UTC")
                    @RestQuery
                    Optional<String> from,
            @Parameter(description = "First day after it; tomorrow if left out") @RestQuery
                    Optional<String> to,
            @Parameter(description = "How many adjustments and gaps at most, 1 to 100") @RestQuery
                    @Nullable String limit,
            @Parameter(description = "The next_cursor of the page before") @RestQuery
                    @Nullable String cursor) {
        TenantRecord tenant = gate.tenant();
        UsageRange days = UsageRange.parseDays(from, to, clock.instant());
        PageRequest page = PageRequest.of(Records.scope(tenant.tenantId(), days), limit, cursor);
        return answers.answer(
                new Question(
                        tenant.tenantId(), tenant.tier(), "reconciliation " + days + " " + page),
                ReconciliationAnswer.class,
                () -> report.of(tenant, days, page));
    }
}
