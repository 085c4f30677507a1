package ai.artcafe.gateway.tenant;

import ai.artcafe.gateway.agent.TenantCutOff;
import ai.artcafe.gateway.patch.MergePatch;
import ai.artcafe.gateway.revision.EntityTags;
import ai.artcafe.gateway.revision.Revised;
import ai.artcafe.gateway.revision.RevisedAnswers;
import ai.artcafe.gateway.revision.Revision;
import ai.artcafe.gateway.tenant.registry.TenantDeletion;
import ai.artcafe.gateway.tenant.registry.TenantRegistry;
import ai.artcafe.model.access.Role;
import ai.artcafe.model.flow.TapMode;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.problem.ErrorCode;
import ai.artcafe.model.problem.ProblemException;
import ai.artcafe.runtime.access.RequestAccess;
import ai.artcafe.runtime.access.UserPrincipal;
import ai.artcafe.runtime.page.Page;
import ai.artcafe.runtime.page.PageRequest;
import ai.artcafe.runtime.store.TenantRecord;
import ai.artcafe.runtime.store.Tenants;
import ai.artcafe.runtime.store.UserTenants;
import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.event.Event;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/** Tenants: operators create, change, delete and see all of them, members see their own. */
@Path("/api/v1/tenants")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "tenants")
class TenantResource {

    private static final Logger LOG = Logger.getLogger(TenantResource.class);

    private final RequestAccess access;
    private final TenantRegistry registry;
    private final TenantDeletion deletion;
    private final Event<TenantCutOff> cutOff;
    private final Tenants tenants;
    private final UserTenants userTenants;
    private final Clock clock;

    TenantResource(
            RequestAccess access,
            TenantRegistry registry,
            TenantDeletion deletion,
            Event<TenantCutOff> cutOff,
            Tenants tenants,
            UserTenants userTenants,
            Clock clock) {
        this.access = access;
        this.registry = registry;
        this.deletion = deletion;
        this.cutOff = cutOff;
        this.tenants = tenants;
        this.userTenants = userTenants;
        this.clock = clock;
    }

    @POST
    @Operation(operationId = "createTenant", summary = "Create a tenant (operators)")
    @APIResponseSchema(value = TenantView.class, responseCode = "201")
    public Response create(@Nullable NewTenant request) {
        access.requireOperator();
        if (request == null) {
            throw ErrorCode.INVALID_REQUEST.because("a JSON object is expected");
        }
        TenantRecord tenant =
                registry.create(
                        request.id(),
                        request.displayName(),
                        request.boughtPlan(),
                        clock.instant().truncatedTo(ChronoUnit.MILLIS));
        return RevisedAnswers.created(
                "/api/v1/tenants/" + tenant.tenantId(),
                new Revised<>(TenantView.of(tenant), Revision.first(tenant.createdAt())));
    }

    @GET
    @Operation(
            operationId = "listTenants",
            summary = "The tenants: all for operators, for others their own")
    public Page<TenantView> list(
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor) {
        UserPrincipal user = access.requireUser();
        if (!user.operator()) {
            return new Page<>(
                    Stream.concat(
                                    user.tenants().stream(),
                                    userTenants.tenantsOf(user.id()).stream())
                            .distinct()
                            .flatMap(id -> tenants.find(id).stream())
                            .map(TenantView::of)
                            .toList(),
                    Optional.empty());
        }
        Page<TenantRecord> page =
                registry.list(PageRequest.of(TenantRegistry.SCOPE, limit, cursor));
        return new Page<>(page.items().stream().map(TenantView::of).toList(), page.nextCursor());
    }

    @GET
    @Path("/{id}")
    @Operation(operationId = "readTenant", summary = "A tenant")
    @APIResponseSchema(value = TenantView.class, responseCode = "200")
    public Response read(
            @RestPath String id, @RestHeader("If-None-Match") @Nullable String ifNoneMatch) {
        access.requireUser();
        TenantId tenant = TenantId.parse(id).orElseThrow(TenantResource::notFound);
        access.require(tenant, Role.VIEWER);
        return registry.find(tenant)
                .map(TenantResource::view)
                .map(view -> RevisedAnswers.read(view, ifNoneMatch))
                .orElseThrow(TenantResource::notFound);
    }

    /** Its name, its plan, and limits in place of the plan's; all follow within 5 s. */
    @PATCH
    @Path("/{id}")
    @Consumes({MediaType.APPLICATION_JSON, MergePatch.MEDIA_TYPE})
    @Operation(operationId = "changeTenant", summary = "Change name, plan or limits (operators)")
    @APIResponseSchema(value = TenantView.class, responseCode = "200")
    @RequestBody(
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(type = SchemaType.OBJECT),
                            example =
                                    "{\"plan\":\"professional\",\"limits\":{\"messages_per_day\":50000,\"agents\":\"unlimited\",\"frame_bytes\":null}}"))
    public Response patch(
            @RestPath String id,
            @RestHeader("If-Match") @Nullable String ifMatch,
            @Nullable JsonNode body) {
        access.requireOperator();
        EntityTags expected = EntityTags.of("If-Match", ifMatch);
        TenantChange change = new TenantChange(MergePatch.of(body, TenantChange.FIELDS));
        TenantId tenant = TenantId.parse(id).orElseThrow(TenantResource::notFound);
        return registry.change(tenant, expected, change, clock.instant())
                .map(TenantResource::view)
                .map(RevisedAnswers::changed)
                .orElseThrow(TenantResource::notFound);
    }

    private static Revised<TenantView> view(Revised<TenantRecord> tenant) {
        return new Revised<>(TenantView.of(tenant.value()), tenant.revision());
    }

    /** How closely the tenant's traffic is looked at; trackers follow within 5 s. */
    @PUT
    @Path("/{id}/tap")
    @Operation(
            operationId = "changeTap",
            summary = "Change how closely the traffic is looked at (operators)")
    public TenantView tap(@RestPath String id, @Nullable NewTapMode request) {
        access.requireOperator();
        if (request == null) {
            throw ErrorCode.INVALID_REQUEST.because("a JSON object is expected");
        }
        TapMode wanted = request.wanted();
        TenantId tenant = TenantId.parse(id).orElseThrow(TenantResource::notFound);
        tenants.forget(tenant);
        return tenants.find(tenant)
                .flatMap(record -> registry.tap(record, wanted))
                .map(TenantView::of)
                .orElseThrow(TenantResource::notFound);
    }

    /** For operators; to anybody else there is nothing here that could be deleted. */
    @DELETE
    @Path("/{id}")
    @Operation(
            operationId = "deleteTenant",
            summary = "Delete a tenant with all it has but its usage (operators)")
    public void delete(@RestPath String id, @RestHeader("If-Match") @Nullable String ifMatch) {
        UserPrincipal user = access.requireUser();
        if (!user.operator()) {
            throw notFound();
        }
        EntityTags expected = EntityTags.of("If-Match", ifMatch);
        TenantRecord deleted =
                TenantId.parse(id)
                        .flatMap(tenant -> deletion.delete(tenant, expected, clock.instant()))
                        .orElseThrow(TenantResource::notFound);
        LOG.infof(
                "tenant deleted tenant=%s slot=%s by=%s",
                deleted.tenantId(), deleted.slot(), user.id());
        cutOff.fire(new TenantCutOff(deleted.tenantId(), deleted.slot()));
    }

    private static ProblemException notFound() {
        return ErrorCode.NOT_FOUND.because("There is no such tenant.");
    }
}
