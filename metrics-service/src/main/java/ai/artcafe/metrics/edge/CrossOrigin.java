package ai.artcafe.metrics.edge;

import io.quarkus.vertx.http.security.CORS;
import io.quarkus.vertx.http.security.HttpSecurity;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.URI;
import java.time.Duration;
import java.util.Set;

/**
 * Lets pages of the configured origins call the API; without any, browsers keep all others out. No
 * cookie and no other credential of the browser counts here: pages send a token themselves.
 */
@ApplicationScoped
public class CrossOrigin {

    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "OPTIONS");
    private static final Set<String> SENT =
            Set.of(
                    "Accept",
                    "Authorization",
                    "Content-Type",
                    "If-None-Match",
                    "If-Range",
                    "Last-Event-ID",
                    "Range",
                    "X-Session-Id",
                    "X-Tenant-Id");
    private static final Set<String> SHOWN =
            Set.of(
                    "Accept-Ranges",
                    "Content-Disposition",
                    "Content-Range",
                    "ETag",
                    "RateLimit",
                    "RateLimit-Policy",
                    "Repr-Digest",
                    "Retry-After",
                    "WWW-Authenticate");
    private static final Duration REMEMBERED = Duration.ofHours(1);

    private final CorsConfig config;

    CrossOrigin(CorsConfig config) {
        this.config = config;
    }

    void configure(@Observes HttpSecurity security) {
        Set<String> origins = config.origins().orElse(Set.of());
        if (origins.isEmpty()) {
            return;
        }
        origins.forEach(CrossOrigin::requireOrigin);
        security.cors(
                CORS.builder()
                        .origins(origins)
                        .methods(METHODS)
                        .headers(SENT)
                        .exposedHeaders(SHOWN)
                        .accessControlAllowCredentials(false)
                        .accessControlMaxAge(REMEMBERED)
                        .build());
    }

    /** Caches must not give a page of one origin what was let in for another's. */
    void publish(@Observes Router router) {
        if (config.origins().orElse(Set.of()).isEmpty()) {
            return;
        }
        router.route()
                .order(RouteOrder.FIRST)
                .handler(context -> {
                    context.addHeadersEndHandler(_ ->
                            context.response().headers().add(HttpHeaders.VARY, HttpHeaders.ORIGIN));
                    context.next();
                });
    }

    /**
     * Names each origin: no patterns, not all of them, and not {@code null}, which is what every
     * sandboxed page is.
     */
    static void requireOrigin(String text) {
        URI origin;
        try {
            origin = URI.create(text);
        } catch (IllegalArgumentException _) {
            throw notAnOrigin(text);
        }
        boolean isWeb = "https".equals(origin.getScheme()) || "http".equals(origin.getScheme());
        String port = origin.getPort() < 0 ? "" : ":" + origin.getPort();
        if (!isWeb || !text.equals(origin.getScheme() + "://" + origin.getHost() + port)) {
            throw notAnOrigin(text);
        }
    }

    private static IllegalArgumentException notAnOrigin(String text) {
        return new IllegalArgumentException(
                "artcafe.metrics.cors.origins takes origins such as https://bi.example.com, not "
                        + text);
    }
}
