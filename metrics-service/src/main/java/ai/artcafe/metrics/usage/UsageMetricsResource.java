package ai.artcafe.metrics.usage;

import ai.artcafe.metrics.answer.LastAnswers;
import ai.artcafe.metrics.answer.Question;
import ai.artcafe.metrics.limit.Cost;
import ai.artcafe.metrics.tier.Feature;
import ai.artcafe.metrics.tier.TierGate;
import ai.artcafe.model.usage.Period;
import ai.artcafe.runtime.store.TenantRecord;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code GET /api/v1/usage/metrics}. */
@Path("/api/v1/usage/metrics")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "usage")
public class UsageMetricsResource {

    private final TierGate gate;
    private final UsageReport report;
    private final ChannelFlow channels;
    private final LastAnswers answers;
    private final Clock clock;

    UsageMetricsResource(
            TierGate gate,
            UsageReport report,
            ChannelFlow channels,
            LastAnswers answers,
            Clock clock) {
        this.gate = gate;
        this.report = report;
        this.channels = channels;
        this.answers = answers;
        this.clock = clock;
    }

    @GET
    @Cost(3)
    @Operation(
            operationId = "usageMetrics",
            summary = "What the tenant has used today and in the billing period",
            description =
                    "Exact totals of today and of this month (UTC) in one answer, and what is left"
                            + " of the day's quota. The tier professional adds the same for each"
                            + " agent, and today's channels: those are what the taps saw (`basis`),"
                            + " not what is billed. Enterprise adds `projected`, where there is a"
                            + " forecast.")
    public UsageMetrics metrics() {
        TenantRecord tenant = gate.tenant();
        return answers.answer(
                new Question(
                        tenant.tenantId(),
                        tenant.tier(),
                        "usage metrics " + Period.DAILY.start(clock.instant())),
                UsageMetrics.class,
                () -> fresh(tenant));
    }

    private UsageMetrics fresh(TenantRecord tenant) {
        UsageMetrics used = report.ofNow(tenant);
        return Feature.CHANNELS.isIn(tenant.tier())
                ? used.with(channels.today(tenant.tenantId(), clock.instant()))
                : used;
    }
}
