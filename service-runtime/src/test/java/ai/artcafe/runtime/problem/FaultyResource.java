package ai.artcafe.runtime.problem;

import ai.artcafe.model.access.Role;
import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.plan.Plan;
import ai.artcafe.model.problem.ErrorCode;
import ai.artcafe.model.problem.ProblemException;
import ai.artcafe.runtime.access.RequestAccess;
import io.quarkus.redis.datasource.RedisDataSource;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import org.jboss.resteasy.reactive.RestQuery;

/** An endpoint for every way to go wrong. */
@Path("/faulty")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class FaultyResource {

    private final RequestAccess access;
    private final RedisDataSource redis;

    FaultyResource(RequestAccess access, RedisDataSource redis) {
        this.access = access;
        this.redis = redis;
    }

    /** A body to send. */
    public record Wish(TenantId tenantId, Plan plan, List<Tag> tags) {}

    /** A part of it. */
    public record Tag(int weight) {}

    @GET
    @Path("/problem")
    public String problem() {
        throw new ProblemException(
                ErrorCode.LIMIT_EXCEEDED, "Slow down.", Map.of("retry_after", "7"));
    }

    @GET
    @Path("/bug")
    public String bug() {
        throw new IllegalArgumentException("secret internals");
    }

    @GET
    @Path("/redis")
    public String redis() {
        return redis.value(String.class).get("x");
    }

    @GET
    @Path("/tenant")
    public String tenant() {
        return access.require(Role.VIEWER).tenant().value();
    }

    @GET
    @Path("/operators")
    @RolesAllowed("operator")
    public String operators() {
        return "\"ok\"";
    }

    @GET
    @Path("/agents/{agent}")
    public String agent(@PathParam("agent") AgentId agent) {
        return "\"" + agent + "\"";
    }

    @GET
    @Path("/agents")
    public String agentByQuery(@RestQuery("client_id") AgentId agent) {
        return "\"" + agent + "\"";
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Wish echo(Wish wish) {
        return wish;
    }
}
