package ai.artcafe.metrics.status;

import ai.artcafe.model.access.Role;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.runtime.access.RequestAccess;
import ai.artcafe.runtime.access.UserPrincipal;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirements;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirementsSet;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirementsSets;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /api/status}, {@code /api/status/analytics} and {@code /api/status/api-status}:
 * public. Nothing in them names a tenant, but for its own members.
 */
@Path("/api/status")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "status")
public class StatusResource {

    private final StatusAnswers answers;
    private final RequestAccess access;

    StatusResource(StatusAnswers answers, RequestAccess access) {
        this.answers = answers;
        this.access = access;
    }

    @GET
    @SecurityRequirements
    @Operation(
            operationId = "status",
            summary = "Whether the platform works, and who uses it right now",
            description =
                    "Public. What a store that is away would have told is `null`, and"
                            + " `usingRealData` is false.")
    public StatusAnswer status() {
        return answers.status();
    }

    @GET
    @Path("/analytics")
    @SecurityRequirements
    @Operation(
            operationId = "statusAnalytics",
            summary = "How the platform has fared: 24 hours and 30 days",
            description =
                    "Public. While a store is away: the last known answer with `stale: true`, or"
                            + " 503.")
    public AnalyticsAnswer analytics() {
        return answers.analytics();
    }

    @GET
    @Path("/api-status")
    @SecurityRequirementsSets({
        @SecurityRequirementsSet,
        @SecurityRequirementsSet(@SecurityRequirement(name = "jwt"))
    })
    @Operation(
            operationId = "apiStatus",
            summary = "How each endpoint fares",
            description =
                    "Public; with a bearer token also the requests to and of the tenant's own"
                            + " agents. `period` is `1h`, the default, or `24h`. While a store is"
                            + " away: the last known answer with `stale: true`, or 503.")
    public ApiStatusAnswer endpoints(
            @Parameter(
                            description = "1h or 24h; 1h if left out",
                            schema =
                                    @Schema(
                                            enumeration = {"1h", "24h"},
                                            defaultValue = "1h"),
                            example = "24h")
                    @RestQuery
                    @Nullable String period,
            @Context HttpHeaders headers,
            @Context UriInfo uri) {
        StatusPeriod asked = StatusPeriod.of(period);
        Optional<TenantId> tenant = tenant(headers, uri);
        return tenant.map(own -> answers.endpoints(asked, own))
                .orElseGet(() -> answers.endpoints(asked));
    }

    /** Whose agents may be shown: without a token nobody's, nor to operators who name none. */
    private Optional<TenantId> tenant(HttpHeaders headers, UriInfo uri) {
        if (headers.getHeaderString(HttpHeaders.AUTHORIZATION) == null) {
            return Optional.empty();
        }
        UserPrincipal user = access.requireUser();
        boolean names =
                headers.getHeaderString("X-Tenant-Id") != null
                        || uri.getQueryParameters().containsKey("tenant_id")
                        || user.tenants().size() == 1;
        return user.operator() && !names
                ? Optional.empty()
                : Optional.of(access.require(Role.VIEWER).tenant());
    }
}
