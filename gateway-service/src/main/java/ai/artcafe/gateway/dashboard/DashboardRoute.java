package ai.artcafe.gateway.dashboard;

import ai.artcafe.gateway.socket.Refusals;
import ai.artcafe.model.problem.ErrorCode;
import ai.artcafe.model.problem.ProblemException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.impl.ContextInternal;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.jboss.logging.Logger;

/**
 * The dashboards' WebSocket door. People are let in, or refused with a problem+json answer, on a
 * virtual thread before their connection becomes a WebSocket.
 */
@ApplicationScoped
class DashboardRoute {

    private static final Logger LOG = Logger.getLogger(DashboardRoute.class);

    private static final List<String> PATHS = List.of("/ws/dashboard", "/api/v1/ws/dashboard");

    private final DashboardServices services;
    private final Origins origins;
    private final Refusals refusals;
    private final Semaphore admissions;

    DashboardRoute(
            DashboardServices services,
            DashboardConfig config,
            Origins origins,
            Refusals refusals) {
        this.services = services;
        this.origins = origins;
        this.refusals = refusals;
        this.admissions = new Semaphore(config.admissions());
    }

    void register(@Observes Router router) {
        PATHS.forEach(path -> router.get(path).handler(this::knock));
    }

    private void knock(RoutingContext context) {
        try {
            Knock knock = read(context.request());
            if (!admissions.tryAcquire()) {
                throw new ProblemException(
                        ErrorCode.UNAVAILABLE,
                        "too many dashboards are connecting at once",
                        Map.of("retry_after", "1"));
            }
            admit(context, knock);
        } catch (ProblemException e) {
            refuse(context, e);
        }
    }

    private Knock read(HttpServerRequest request) {
        if (!Refusals.isUpgrade(request)) {
            throw ErrorCode.INVALID_REQUEST.because("a WebSocket upgrade is expected");
        }
        if (services.sockets().isDraining()) {
            throw new ProblemException(
                    ErrorCode.DRAINING, "this server is going away", Map.of("retry_after", "1"));
        }
        if (!origins.admits(
                Optional.ofNullable(request.getHeader(HttpHeaders.ORIGIN)),
                Optional.ofNullable(request.getHeader(HttpHeaders.HOST)))) {
            throw ErrorCode.FORBIDDEN.because("Pages of this origin may not connect.");
        }
        return Knock.read(request);
    }

    private void admit(RoutingContext context, Knock knock) {
        context.request().pause();
        ContextInternal loop = (ContextInternal) context.vertx().getOrCreateContext();
        Thread.ofVirtual()
                .name("dashboard-admission")
                .start(() -> {
                    try {
                        DashboardAdmission.Admitted admitted = services.admission().admit(knock);
                        loop.runOnContext(_ -> open(context, loop, admitted));
                    } catch (InterruptedException | RuntimeException e) {
                        ProblemException problem = Refusals.problem(e);
                        loop.runOnContext(_ -> refuse(context, problem));
                    } finally {
                        admissions.release();
                    }
                });
    }

    private void open(
            RoutingContext context, ContextInternal loop, DashboardAdmission.Admitted admitted) {
        if (context.response().closed()) {
            services.admission().leave(admitted);
            return;
        }
        services.meters().attempted("accepted");
        context.request()
                .toWebSocket()
                .onSuccess(socket ->
                        new DashboardSocket(socket, loop.nettyEventLoop(), services, admitted)
                                .open())
                .onFailure(e -> {
                    services.admission().leave(admitted);
                    LOG.debugf("upgrade failed reason=%s", e.toString());
                });
    }

    private void refuse(RoutingContext context, ProblemException e) {
        services.meters().attempted(e.code().code());
        if (e.code() == ErrorCode.UNAUTHENTICATED && !context.response().headWritten()) {
            context.response().putHeader("WWW-Authenticate", "Bearer");
        }
        refusals.answer(context, e);
    }
}
