package ai.artcafe.metrics.edge;

import ai.artcafe.model.problem.ErrorCode;
import ai.artcafe.runtime.problem.RouteProblems;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/**
 * Refuses addresses that are longer than {@value #MAX_LENGTH} characters, as sent, or whose escapes
 * are no text. What is no URI at all, Quarkus refuses by itself before, with a 400 and no body.
 */
@ApplicationScoped
public class ProperAddress {

    /** More than the longest that any endpoint takes, cursors included. */
    static final int MAX_LENGTH = 8_192;

    private final RouteProblems problems;

    ProperAddress(RouteProblems problems) {
        this.problems = problems;
    }

    void publish(@Observes Router router) {
        router.route().order(RouteOrder.FIRST).handler(this::check);
    }

    private void check(RoutingContext context) {
        String address = context.request().uri();
        if (address.length() > MAX_LENGTH) {
            problems.end(
                    context,
                    ErrorCode.URI_TOO_LONG,
                    "The address is longer than " + MAX_LENGTH + " characters.");
        } else if (!Escapes.areText(address)) {
            problems.end(
                    context,
                    ErrorCode.INVALID_REQUEST,
                    "The address is not ASCII with %-escapes of UTF-8.");
        } else {
            context.next();
        }
    }
}
