package ai.artcafe.runtime.problem;

import ai.artcafe.model.problem.ErrorCode;
import io.quarkus.runtime.configuration.MemorySize;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Refuses bodies that announce more than {@code quarkus.http.limits.max-body-size}, in front of
 * Quarkus' own check, which answers without a body.
 */
@ApplicationScoped
public class BodyLimit {

    private static final int BEFORE_QUARKUS = -1_000;

    private final long maxBytes;
    private final RouteProblems problems;

    BodyLimit(
            @ConfigProperty(name = "quarkus.http.limits.max-body-size", defaultValue = "10M")
                    MemorySize max,
            RouteProblems problems) {
        this.maxBytes = max.asLongValue();
        this.problems = problems;
    }

    void publish(@Observes Router router) {
        router.route().order(BEFORE_QUARKUS).handler(this::check);
    }

    private void check(RoutingContext context) {
        if (announcedBytes(context.request()) <= maxBytes) {
            context.next();
            return;
        }
        problems.end(
                context, ErrorCode.TOO_LARGE, "The body is larger than " + maxBytes + " bytes.");
    }

    /** Zero when it does not say; the server then counts while it reads. */
    private static long announcedBytes(HttpServerRequest request) {
        String length = request.getHeader("Content-Length");
        try {
            return length == null ? 0 : Long.parseLong(length);
        } catch (NumberFormatException notANumber) {
            return 0;
        }
    }
}
