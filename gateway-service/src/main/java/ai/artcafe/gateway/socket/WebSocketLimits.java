package ai.artcafe.gateway.socket;

import ai.artcafe.model.plan.Plan;
import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.http.HttpServerOptions;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Arrays;

/**
 * Lets the HTTP server read frames somewhat larger than any plan allows, so that the socket itself
 * can say what is wrong with them. Beyond that the server closes the connection unread.
 */
@ApplicationScoped
class WebSocketLimits implements HttpServerOptionsCustomizer {

    @Override
    public void customizeHttpServer(HttpServerOptions options) {
        int largest =
                Arrays.stream(Plan.values())
                        .mapToInt(plan -> plan.limits().frameBytes())
                        .max()
                        .orElseThrow();
        options.setMaxWebSocketFrameSize(2 * largest);
        options.setMaxWebSocketMessageSize(2 * largest);
        options.setPerMessageWebSocketCompressionSupported(false);
        options.setPerFrameWebSocketCompressionSupported(false);
    }
}
