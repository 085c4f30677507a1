package ai.artcafe.runtime.health;

import io.vertx.ext.web.Router;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;

/**
 * {@code /health}, {@code /health/live}, {@code /health/ready} and {@code /health/well}: what
 * {@code /q/health} says.
 */
@ApplicationScoped
public class HealthAddress {

    void publish(@Observes Router router) {
        for (String path : List.of("/health", "/health/live", "/health/ready", "/health/well")) {
            router.get(path).handler(request -> request.reroute("/q" + path));
        }
    }
}
