package ai.artcafe.metrics.edge;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/**
 * Leaves answers of less than {@value #WORTH_IT} bytes as they are: compressed they would fill as
 * many packets, and cost time.
 */
@ApplicationScoped
public class SmallAnswers {

    static final int WORTH_IT = 1_024;

    void publish(@Observes Router router) {
        router.route().order(RouteOrder.FIRST).handler(SmallAnswers::watch);
    }

    /**
     * Handlers of the headers' end run in the reverse of their order: this one has the last word.
     */
    private static void watch(RoutingContext context) {
        context.addHeadersEndHandler(_ -> leaveSmall(context.response()));
        context.next();
    }

    private static void leaveSmall(HttpServerResponse response) {
        String length = response.headers().get(HttpHeaders.CONTENT_LENGTH);
        if (length != null && isSmall(length)) {
            response.putHeader(HttpHeaders.CONTENT_ENCODING, HttpHeaders.IDENTITY);
        }
    }

    private static boolean isSmall(String length) {
        try {
            return Long.parseLong(length) < WORTH_IT;
        } catch (NumberFormatException notANumber) {
            return false;
        }
    }
}
