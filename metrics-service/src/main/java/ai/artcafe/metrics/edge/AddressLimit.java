package ai.artcafe.metrics.edge;

import ai.artcafe.model.problem.ErrorCode;
import ai.artcafe.runtime.problem.RouteProblems;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Refuses addresses longer than {@value #MAX_LENGTH} characters, as sent: 414. */
@ApplicationScoped
public class AddressLimit {

    /** More than the longest that any endpoint takes, cursors included. */
    static final int MAX_LENGTH = 8_192;

    private final RouteProblems problems;

    AddressLimit(RouteProblems problems) {
        this.problems = problems;
    }

    void publish(@Observes Router router) {
        router.route().order(RouteOrder.FIRST).handler(this::check);
    }

    private void check(RoutingContext context) {
        if (context.request().uri().length() <= MAX_LENGTH) {
            context.next();
        } else {
            problems.end(
                    context,
                    ErrorCode.URI_TOO_LONG,
                    "The address is longer than " + MAX_LENGTH + " characters.");
        }
    }
}
