package ai.artcafe.metrics.usage;

import ai.artcafe.metrics.limit.Cost;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Other names of {@code GET /api/v1/usage/metrics}. */
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "usage")
public class UsageMetricsAliases {

    private final UsageMetricsResource usage;

    UsageMetricsAliases(UsageMetricsResource usage) {
        this.usage = usage;
    }

    @GET
    @Path("/api/v1/usage-metrics")
    @Cost(3)
    @Operation(hidden = true)
    public UsageMetrics metricsByOlderName() {
        return usage.metrics();
    }

    @GET
    @Path("/usage-metrics")
    @Cost(3)
    @Operation(hidden = true)
    public UsageMetrics metricsByOldestName() {
        return usage.metrics();
    }
}
