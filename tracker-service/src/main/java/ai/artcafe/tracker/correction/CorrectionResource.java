package ai.artcafe.tracker.correction;

import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.problem.ErrorCode;
import ai.artcafe.model.problem.ProblemException;
import ai.artcafe.runtime.access.RequestAccess;
import ai.artcafe.runtime.page.Page;
import ai.artcafe.runtime.page.PageRequest;
import ai.artcafe.runtime.store.Tenants;
import ai.artcafe.tracker.correction.store.CorrectionStore;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** Corrections of a tenant's usage, for operators only. */
@Path("/api/v1/tenants/{tenant_id}/corrections")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "corrections")
class CorrectionResource {

    private final RequestAccess access;
    private final Tenants tenants;
    private final Corrections corrections;
    private final CorrectionStore store;
    private final Clock clock;

    CorrectionResource(
            RequestAccess access,
            Tenants tenants,
            Corrections corrections,
            CorrectionStore store,
            Clock clock) {
        this.access = access;
        this.tenants = tenants;
        this.corrections = corrections;
        this.store = store;
        this.clock = clock;
    }

    @POST
    @Operation(
            operationId = "proposeCorrection",
            summary = "Propose to add to a tenant's published messages, or to take off",
            description =
                    "Nothing is booked before another operator signs it off. With a"
                            + " `correction_id` the request may be repeated. `period` is the month"
                            + " that it belongs to, the present one if left out; once that is"
                            + " closed, it is booked in the present one, with a reference.")
    public Response propose(
            @RestPath("tenant_id") String tenantId, @Nullable NewCorrection request) {
        String operator = access.requireOperator().id();
        TenantId tenant = tenant(tenantId);
        if (request == null) {
            throw ErrorCode.INVALID_REQUEST.because("a JSON object is expected");
        }
        Proposal proposal =
                request.proposal(tenant, operator, clock.instant().truncatedTo(ChronoUnit.MILLIS));
        Correction correction = corrections.propose(proposal);
        return Response.created(
                        URI.create(
                                "/api/v1/tenants/"
                                        + tenant
                                        + "/corrections/"
                                        + correction.id().id()))
                .entity(CorrectionView.of(correction))
                .build();
    }

    @POST
    @Path("/{correction_id}/sign-off")
    @Operation(
            operationId = "signOffCorrection",
            summary = "Sign off another operator's proposal, and book it",
            description =
                    "May be repeated: it is booked once. `conflict` when it was rejected, or when"
                            + " it would take off more than was published; `unavailable` while the"
                            + " ledger does not answer.")
    public CorrectionView signOff(
            @RestPath("tenant_id") String tenantId,
            @RestPath("correction_id") String correctionId) {
        String operator = access.requireOperator().id();
        return CorrectionView.of(corrections.signOff(id(tenantId, correctionId), operator));
    }

    @POST
    @Path("/{correction_id}/reject")
    @Operation(
            operationId = "rejectCorrection",
            summary = "Reject a proposal, or withdraw one's own",
            description =
                    "`conflict` once it is signed off: what it did is undone by its opposite.")
    public CorrectionView reject(
            @RestPath("tenant_id") String tenantId,
            @RestPath("correction_id") String correctionId) {
        String operator = access.requireOperator().id();
        return CorrectionView.of(corrections.reject(id(tenantId, correctionId), operator));
    }

    @GET
    @Operation(operationId = "listCorrections", summary = "A tenant's corrections, by their ids")
    public Page<CorrectionView> list(
            @RestPath("tenant_id") String tenantId,
            @RestQuery @Nullable String limit,
            @RestQuery @Nullable String cursor) {
        access.requireOperator();
        TenantId tenant = tenant(tenantId);
        PageRequest part = PageRequest.of(CorrectionStore.scope(tenant), limit, cursor);
        if (part.after().filter(id -> CorrectionId.parse(tenant, id).isEmpty()).isPresent()) {
            throw ErrorCode.INVALID_REQUEST.because("cursor is not one that this list gave out");
        }
        Page<Correction> page = store.list(tenant, part);
        return new Page<>(
                page.items().stream().map(CorrectionView::of).toList(), page.nextCursor());
    }

    @GET
    @Path("/{correction_id}")
    @Operation(operationId = "readCorrection", summary = "A correction")
    public CorrectionView read(
            @RestPath("tenant_id") String tenantId,
            @RestPath("correction_id") String correctionId) {
        access.requireOperator();
        return CorrectionView.of(corrections.existing(id(tenantId, correctionId)));
    }

    private CorrectionId id(String tenantId, String correctionId) {
        return CorrectionId.parse(tenant(tenantId), correctionId)
                .orElseThrow(() -> ErrorCode.NOT_FOUND.because("There is no such correction."));
    }

    private TenantId tenant(String id) {
        Optional<TenantId> tenant = TenantId.parse(id);
        return tenant.filter(known -> tenants.findKept(known).isPresent())
                .orElseThrow(CorrectionResource::noSuchTenant);
    }

    private static ProblemException noSuchTenant() {
        return ErrorCode.NOT_FOUND.because("There is no such tenant.");
    }
}
