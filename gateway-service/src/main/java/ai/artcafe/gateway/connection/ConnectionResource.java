package ai.artcafe.gateway.connection;

import ai.artcafe.model.access.Role;
import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.problem.ErrorCode;
import ai.artcafe.runtime.access.RequestAccess;
import ai.artcafe.runtime.page.PageRequest;
import ai.artcafe.runtime.store.TenantRecord;
import ai.artcafe.runtime.store.Tenants;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/** Who of the tenant is connected: viewers see it, admins end it. */
@Path("/api/v1/connections")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "connections")
class ConnectionResource {

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9-]{1,128}");

    private final RequestAccess access;
    private final Tenants tenants;
    private final Connections connections;

    ConnectionResource(RequestAccess access, Tenants tenants, Connections connections) {
        this.access = access;
        this.tenants = tenants;
        this.connections = connections;
    }

    @GET
    @Operation(
            operationId = "listConnections",
            summary = "What is open, on every gateway; or what has ended in the last 24 hours")
    public ConnectionList list(
            @QueryParam("agent_id") @Nullable String agent,
            @Parameter(description = "open (the default), closed or any") @QueryParam("state")
                    @Nullable String state,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor)
            throws InterruptedException {
        TenantRecord tenant = tenant(Role.VIEWER);
        Optional<AgentId> wanted = Optional.ofNullable(agent).map(ConnectionResource::filter);
        ListedConnections listed =
                ListedConnections.parse(Objects.requireNonNullElse(state, "open"))
                        .orElseThrow(() ->
                                ErrorCode.INVALID_REQUEST.because(
                                        "state must be open, closed or any"));
        return connections.list(
                tenant,
                wanted,
                listed,
                PageRequest.of(Connections.scope(tenant.tenantId(), listed), limit, cursor));
    }

    /** Accepted: it is written down, a gateway elsewhere is told and does so within a second. */
    @DELETE
    @Path("/{id}")
    @Operation(operationId = "endConnection", summary = "End a connection")
    @APIResponseSchema(
            value = Disconnects.Outcome.class,
            responseCode = "200",
            responseDescription = "It is ended")
    @APIResponse(
            responseCode = "202",
            description = "It is written down; the gateway that has it is doing it",
            content = @Content(schema = @Schema(implementation = Disconnects.Outcome.class)))
    public Response end(@RestPath String id) throws InterruptedException {
        TenantRecord tenant = tenant(Role.ADMIN);
        Optional<Disconnects.Outcome> outcome =
                ID.matcher(id).matches() ? connections.end(tenant, id) : Optional.empty();
        return outcome.map(DisconnectResource::answer)
                .orElseThrow(() -> ErrorCode.NOT_FOUND.because("There is no such connection."));
    }

    private TenantRecord tenant(Role role) {
        return tenants.find(access.require(role).tenant())
                .orElseThrow(() -> ErrorCode.NOT_FOUND.because("There is no such tenant."));
    }

    private static AgentId filter(String agent) {
        return AgentId.parse(agent)
                .orElseThrow(() -> ErrorCode.INVALID_REQUEST.because("agent_id is not an id"));
    }
}
