package ai.artcafe.metrics.realtime;

import ai.artcafe.metrics.answer.LastAnswers;
import ai.artcafe.metrics.answer.Question;
import ai.artcafe.metrics.store.Freshness;
import ai.artcafe.metrics.store.LiveUsage;
import ai.artcafe.metrics.tier.TierGate;
import ai.artcafe.runtime.store.TenantRecord;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code GET /api/v1/metrics/realtime}. */
@Path("/api/v1/metrics/realtime")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "metrics")
public class RealtimeResource {

    private final TierGate gate;
    private final LiveUsage live;
    private final LastAnswers answers;
    private final Clock clock;

    RealtimeResource(TierGate gate, LiveUsage live, LastAnswers answers, Clock clock) {
        this.gate = gate;
        this.live = live;
        this.answers = answers;
        this.clock = clock;
    }

    @GET
    @Operation(
            operationId = "realtime",
            summary = "What the tenant's agents do right now",
            description =
                    "Rates, active clients and today's totals. `locked` names what the tier does"
                            + " not show. While a store is away: the last known answer with"
                            + " `stale: true`, or 503.")
    public RealtimeAnswer realtime() {
        TenantRecord tenant = gate.tenant();
        return answers.answer(
                new Question(tenant.tenantId(), tenant.tier(), "realtime"),
                RealtimeAnswer.class,
                () -> read(tenant));
    }

    private RealtimeAnswer read(TenantRecord tenant) {
        Freshness freshness = live.freshness();
        return RealtimeAnswer.of(
                tenant, freshness, live.tenant(tenant.tenantId(), clock.instant()));
    }
}
