package ai.artcafe.runtime.http;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.impl.VertxInternal;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;

/** Bounds the time that the head of a request may take to come. */
@ApplicationScoped
class SlowHeads {

    /** Connections ended as the head of a request did not come in time. */
    private static final String ENDED = "artcafe.http.heads.late";

    private static final int FIRST = -10_000;

    private final Vertx vertx;
    private final HttpConfig config;
    private final Instance<MeterRegistry> meters;

    SlowHeads(Vertx vertx, HttpConfig config, Instance<MeterRegistry> meters) {
        this.vertx = vertx;
        this.config = config;
        this.meters = meters;
    }

    void publish(@Observes Router router) {
        if (((VertxInternal) vertx).transport() instanceof WatchedTransport transport) {
            HeadLimit limit = transport.limit();
            limit.set(config.headTimeout());
            meters.stream()
                    .forEach(registry ->
                            FunctionCounter.builder(ENDED, limit, HeadLimit::count)
                                    .register(registry));
            router.route().order(FIRST).handler(SlowHeads::begin);
        }
    }

    private static void begin(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (request.connection() instanceof ConnectionBase connection) {
            HeadWatch.begun(
                    connection.channel(), request, request.headers().contains(HttpHeaders.UPGRADE));
        }
        context.next();
    }
}
