package ai.artcafe.gateway.socket;

import ai.artcafe.model.problem.ErrorCode;
import ai.artcafe.model.problem.ProblemException;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.impl.ContextInternal;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * The agents' WebSocket door. An agent is let in, or refused with a problem+json answer, before its
 * connection becomes a WebSocket; that takes place on a virtual thread. From then on the socket is
 * the event loop's alone.
 */
@ApplicationScoped
class AgentSocketRoute {

    private static final Logger LOG = Logger.getLogger(AgentSocketRoute.class);

    private static final String AGENT = "agent_id";
    private static final List<String> PATHS =
            List.of("/ws/agent/:" + AGENT, "/api/v1/ws/agent/:" + AGENT);
    private static final String RETRY_AFTER = "retry_after";

    private final Admission admission;
    private final SocketServices services;
    private final Refusals refusals;
    private final SocketConfig config;
    private final Semaphore places; // for those being let in, and those who wait
    private final Semaphore turns; // for those being let in

    AgentSocketRoute(
            Admission admission, SocketServices services, SocketConfig config, Refusals refusals) {
        this.admission = admission;
        this.services = services;
        this.refusals = refusals;
        this.config = config;
        this.places = new Semaphore(config.admissions() + config.waitingAdmissions());
        this.turns = new Semaphore(config.admissions(), true);
    }

    void register(@Observes Router router) {
        PATHS.forEach(path -> router.get(path).handler(this::knock));
    }

    private void knock(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (!Refusals.isUpgrade(request)) {
            refuse(context, ErrorCode.INVALID_REQUEST.because("a WebSocket upgrade is expected"));
            return;
        }
        if (services.sockets().isDraining()) {
            refuse(
                    context,
                    new ProblemException(
                            ErrorCode.DRAINING,
                            "this server is going away",
                            Map.of(RETRY_AFTER, "1")));
            return;
        }
        if (!places.tryAcquire()) {
            refuse(context, tooMany());
            return;
        }
        request.pause();
        Admission.Knock knock = read(context);
        ContextInternal loop = (ContextInternal) context.vertx().getOrCreateContext();
        Thread.ofVirtual()
                .name("admission")
                .start(() -> {
                    try {
                        Admission.Admitted admitted = admitInTurn(knock);
                        loop.runOnContext(_ -> open(context, loop, admitted));
                    } catch (InterruptedException | RuntimeException e) {
                        ProblemException problem = Refusals.problem(e);
                        loop.runOnContext(_ -> refuse(context, problem));
                    } finally {
                        places.release();
                    }
                });
    }

    private Admission.Admitted admitInTurn(Admission.Knock knock) throws InterruptedException {
        if (!turns.tryAcquire(config.admissionPatience().toMillis(), TimeUnit.MILLISECONDS)) {
            throw tooMany();
        }
        try {
            return admission.admit(knock);
        } finally {
            turns.release();
        }
    }

    private static ProblemException tooMany() {
        return new ProblemException(
                ErrorCode.UNAVAILABLE,
                "too many agents are connecting at once",
                Map.of(RETRY_AFTER, "1"));
    }

    private static Admission.Knock read(RoutingContext context) {
        HttpServerRequest request = context.request();
        return new Admission.Knock(
                Optional.ofNullable(context.pathParam(AGENT)),
                Optional.ofNullable(request.getParam("tenant_id")),
                Optional.ofNullable(request.getParam("challenge")),
                Optional.ofNullable(request.getParam("signature")),
                request.remoteAddress().hostAddress());
    }

    private void open(RoutingContext context, ContextInternal loop, Admission.Admitted admitted) {
        if (context.response().closed()) {
            // who left while being let in gets no socket that nobody would ever close
            admitted.link().release();
            return;
        }
        context.request()
                .toWebSocket()
                .onSuccess(socket -> open(socket, loop, admitted))
                .onFailure(e -> {
                    admitted.link().release();
                    LOG.debugf("upgrade failed reason=%s", e.toString());
                });
    }

    private void open(ServerWebSocket socket, ContextInternal loop, Admission.Admitted admitted) {
        new AgentSocket(socket, loop.nettyEventLoop(), services, admitted).open();
    }

    private void refuse(RoutingContext context, ProblemException e) {
        refusals.answer(context, e);
    }
}
