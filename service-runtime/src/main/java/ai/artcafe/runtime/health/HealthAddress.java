package ai.artcafe.runtime.health;

import io.vertx.ext.web.Router;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;

/** {@code /health}, {@code /health/live} and {@code /health/ready}: what {@code /q/health} says. */
@ApplicationScoped
public class HealthAddress {

    void publish(@Observes Router router) {
        for (String path : List.of("/health", "/health/live", "/health/ready")) {
            router.get(path).handler(request -> request.reroute("/q" + path));
        }
    }
}
