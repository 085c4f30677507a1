package ai.artcafe.metrics.edge;

import ai.artcafe.model.problem.ErrorCode;
import ai.artcafe.runtime.problem.RouteProblems;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/**
 * Refuses addresses that are longer than {@value #MAX_LENGTH} characters, as sent, or whose escapes
 * are no text, before the server does without a word.
 */
@ApplicationScoped
public class ProperAddress {

    /** More than the longest that any endpoint takes, cursors included. */
    static final int MAX_LENGTH = 8_192;

    private static final int BAD_REQUEST = 400;

    private final RouteProblems problems;

    ProperAddress(RouteProblems problems) {
        this.problems = problems;
    }

    void publish(@Observes Router router) {
        router.route().order(RouteOrder.FIRST).handler(this::check);
        // routes with patterns look at the parameters, and some come before this one
        router.errorHandler(BAD_REQUEST, this::notText);
    }

    private void check(RoutingContext context) {
        String address = context.request().uri();
        if (address.length() > MAX_LENGTH) {
            problems.end(
                    context,
                    ErrorCode.URI_TOO_LONG,
                    "The address is longer than " + MAX_LENGTH + " characters.");
        } else if (!Escapes.areText(address)) {
            notText(context);
        } else {
            context.next();
        }
    }

    private void notText(RoutingContext context) {
        problems.end(
                context,
                ErrorCode.INVALID_REQUEST,
                "The address is not ASCII with %-escapes of UTF-8.");
    }
}
