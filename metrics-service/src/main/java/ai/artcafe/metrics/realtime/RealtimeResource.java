package ai.artcafe.metrics.realtime;

import ai.artcafe.metrics.tier.TierGate;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code GET /api/v1/metrics/realtime}. */
@Path("/api/v1/metrics/realtime")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "metrics")
public class RealtimeResource {

    private final TierGate gate;
    private final Pictures pictures;

    RealtimeResource(TierGate gate, Pictures pictures) {
        this.gate = gate;
        this.pictures = pictures;
    }

    @GET
    @Operation(
            operationId = "realtime",
            summary = "What the tenant's agents do right now",
            description =
                    """
                    Rates, active clients and today's totals; from the tier professional on \
                    latency, throughput, sizes, the most used subjects and channels and the busiest \
                    agents; with enterprise errors and behaviour as well. `locked` names what the \
                    tier does not show.

                    `rates.source` is `tap` while the platform's taps listen to the tenant, else \
                    `ledger`: then what only taps can see is left out. What is in `window` is of \
                    the present minute and the one before. Where a tenant sends very much, details \
                    are of a sample (`sampled_share`) and scaled to all; counts are of all. \
                    `coverage` says how much of what it was handed today the tap has seen.

                    While a store is away: the last known answer with `stale: true`, or 503.\
                    """)
    public RealtimeAnswer realtime() {
        return pictures.of(gate.tenant()).answer();
    }
}
