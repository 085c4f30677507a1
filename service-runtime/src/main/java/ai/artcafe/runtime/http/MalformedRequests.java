package ai.artcafe.runtime.http;

import ai.artcafe.model.problem.ErrorCode;
import ai.artcafe.runtime.problem.RouteProblems;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.VertxException;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import org.jboss.logging.Logger;

/**
 * Requests in which the router itself finds a fault, such as one without a {@code Host}: anybody
 * can send them, so they are counted, and nobody's log is filled with errors for them.
 */
@ApplicationScoped
class MalformedRequests {

    private static final Logger LOG = Logger.getLogger(MalformedRequests.class);

    /** Requests refused as they are no proper HTTP. */
    private static final String REFUSED = "artcafe.http.malformed";

    private static final int FIRST = -9_999;

    private final RouteProblems problems;
    private final Instance<MeterRegistry> meters;

    MalformedRequests(RouteProblems problems, Instance<MeterRegistry> meters) {
        this.problems = problems;
        this.meters = meters;
    }

    void publish(@Observes Router router) {
        router.route().order(FIRST).failureHandler(this::failed);
    }

    private void failed(RoutingContext context) {
        if (context.statusCode() != ErrorCode.INVALID_REQUEST.httpStatus()
                || !(context.failure() instanceof VertxException fault)) {
            context.next();
            return;
        }
        LOG.debugf("malformed request refused fault=%s", fault.getMessage());
        meters.stream().forEach(registry -> registry.counter(REFUSED).increment());
        problems.end(context, ErrorCode.INVALID_REQUEST, "The request is no proper HTTP.");
    }
}
