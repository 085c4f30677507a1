package ai.artcafe.gateway.dashboard;

import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.http.HttpServerOptions;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Lets the HTTP server choose {@code bearer}, and never the token, of what a browser offers. */
@ApplicationScoped
class BearerSubprotocol implements HttpServerOptionsCustomizer {

    @Override
    public void customizeHttpServer(HttpServerOptions options) {
        options.setWebSocketSubProtocols(List.of(Knock.SUBPROTOCOL));
    }
}
