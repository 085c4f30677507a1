package ai.artcafe.baseline;

import io.quarkus.redis.datasource.ReactiveRedisDataSource;
import io.quarkus.redis.datasource.value.ReactiveValueCommands;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/**
 * Hands out what stands in Redis, on the event loop: one read, no thread of its own, no JSON, no
 * metrics.
 */
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
public class BareResource {

    private static final String KEY = "bench:answer";

    private final ReactiveValueCommands<String, String> values;

    BareResource(ReactiveRedisDataSource redis) {
        this.values = redis.value(String.class);
    }

    /** To anyone. */
    @GET
    @Path("bare")
    public Uni<String> bare() {
        return values.get(KEY);
    }

    /** To whoever has a token of the issuer. */
    @GET
    @Path("token")
    @Authenticated
    public Uni<String> token() {
        return values.get(KEY);
    }
}
