package ai.artcafe.gateway.member;

import ai.artcafe.gateway.member.registry.MemberRegistry;
import ai.artcafe.model.access.Role;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.key.MemberKeys;
import ai.artcafe.model.problem.ErrorCode;
import ai.artcafe.model.problem.ProblemException;
import ai.artcafe.runtime.access.RequestAccess;
import ai.artcafe.runtime.page.Page;
import ai.artcafe.runtime.page.PageRequest;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/**
 * The users that belong to a tenant beyond what their tokens say: its admins, and operators, see
 * and name them.
 */
@Path("/api/v1/tenants/{id}/members")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "tenants")
class MemberResource {

    private final RequestAccess access;
    private final MemberRegistry members;
    private final Clock clock;

    MemberResource(RequestAccess access, MemberRegistry members, Clock clock) {
        this.access = access;
        this.members = members;
        this.clock = clock;
    }

    /** What is to be of a user. */
    record NewRole(Optional<String> role) {}

    @GET
    @Operation(operationId = "listMembers", summary = "The members that admins have named")
    public Page<Member> list(
            @RestPath String id,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor) {
        TenantId tenant = admin(id);
        return members.list(tenant, PageRequest.of(MemberRegistry.scope(tenant), limit, cursor));
    }

    @GET
    @Path("/{user}")
    @Operation(operationId = "readMember", summary = "A member")
    public Member read(@RestPath String id, @RestPath String user) {
        TenantId tenant = admin(id);
        return Optional.of(user)
                .filter(MemberKeys::isUserId)
                .flatMap(known -> members.find(tenant, known))
                .orElseThrow(MemberResource::notFound);
    }

    @PUT
    @Path("/{user}")
    @Operation(operationId = "putMember", summary = "Let a user in, or give them another role")
    public Member put(@RestPath String id, @RestPath String user, @Nullable NewRole request) {
        TenantId tenant = admin(id);
        if (!MemberKeys.isUserId(user)) {
            throw invalid("user_id", "user_id must be 1 to 256 printable ASCII characters");
        }
        Role role =
                Optional.ofNullable(request)
                        .flatMap(NewRole::role)
                        .flatMap(Role::parse)
                        .orElseThrow(() -> invalid("role", "role must be viewer, member or admin"));
        return members.put(tenant, user, role, clock.instant().truncatedTo(ChronoUnit.MILLIS));
    }

    @DELETE
    @Path("/{user}")
    @Operation(operationId = "removeMember", summary = "Remove a member")
    public void remove(@RestPath String id, @RestPath String user) {
        TenantId tenant = admin(id);
        if (!MemberKeys.isUserId(user) || !members.remove(tenant, user)) {
            throw notFound();
        }
    }

    private TenantId admin(String id) {
        access.requireUser();
        TenantId tenant =
                TenantId.parse(id)
                        .orElseThrow(() -> ErrorCode.NOT_FOUND.because("There is no such tenant."));
        return access.require(tenant, Role.ADMIN).tenant();
    }

    private static ProblemException invalid(String field, String detail) {
        return new ProblemException(ErrorCode.INVALID_REQUEST, detail, Map.of("field", field));
    }

    private static ProblemException notFound() {
        return ErrorCode.NOT_FOUND.because("There is no such member.");
    }
}
