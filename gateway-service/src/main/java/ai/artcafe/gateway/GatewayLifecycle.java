package ai.artcafe.gateway;

import ai.artcafe.gateway.broker.TenantLinks;
import ai.artcafe.gateway.callout.broker.CalloutResponder;
import ai.artcafe.gateway.connection.ConnectionWatch;
import ai.artcafe.gateway.reading.ReadingReports;
import ai.artcafe.gateway.reading.SocketReadings;
import ai.artcafe.gateway.signal.SignalReports;
import ai.artcafe.gateway.socket.AgentSockets;
import ai.artcafe.gateway.socket.OpenRequests;
import ai.artcafe.gateway.socket.SocketConfig;
import ai.artcafe.gateway.telemetry.GatewayMeters;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.time.Duration;
import org.jboss.logging.Logger;

/** Starts the parts of the gateway, and ends them in the order in which nothing is lost. */
@ApplicationScoped
class GatewayLifecycle {

    private static final Logger LOG = Logger.getLogger(GatewayLifecycle.class);
    private static final Duration REQUEST_PATIENCE = Duration.ofSeconds(2);
    private static final Duration LINK_PATIENCE = Duration.ofSeconds(2);

    private final GatewayIdentity gateway;
    private final OpenRequests requests;
    private final AgentSockets sockets;
    private final SocketConfig socketConfig;
    private final TenantLinks links;
    private final SocketReadings readings;
    private final ReadingReports reports;
    private final SignalReports signals;
    private final CalloutResponder callout;
    private final ConnectionWatch connections;
    private final GatewayMeters meters;

    GatewayLifecycle(
            GatewayIdentity gateway,
            OpenRequests requests,
            AgentSockets sockets,
            SocketConfig socketConfig,
            TenantLinks links,
            SocketReadings readings,
            ReadingReports reports,
            SignalReports signals,
            CalloutResponder callout,
            ConnectionWatch connections,
            GatewayMeters meters) {
        this.gateway = gateway;
        this.requests = requests;
        this.sockets = sockets;
        this.socketConfig = socketConfig;
        this.links = links;
        this.readings = readings;
        this.reports = reports;
        this.signals = signals;
        this.callout = callout;
        this.connections = connections;
        this.meters = meters;
    }

    void start(@Observes StartupEvent event) {
        meters.watch(sockets::size, links::size, links::down, links::dropped, readings::size);
        callout.start();
        links.start();
        reports.start();
        signals.start();
        connections.start();
        LOG.infof("gateway started id=%s epoch=%d", gateway.id(), gateway.epoch());
    }

    /** While the HTTP server still listens: the sockets, and what is being answered. */
    void drain(@Observes ShutdownDelayInitiatedEvent event) {
        closeSockets();
        try {
            if (!requests.awaitNone(REQUEST_PATIENCE)) {
                LOG.warnf("some requests were not answered in time");
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Sockets first; their last messages and readings; at last the door that others may still use.
     */
    void stop(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) ShutdownEvent event) {
        closeSockets();
        links.close(LINK_PATIENCE);
        reports.close();
        signals.close();
        connections.close();
        callout.close();
        LOG.infof("gateway stopped id=%s", gateway.id());
    }

    private void closeSockets() {
        if (!sockets.drain(socketConfig.closePatience())) {
            LOG.warnf("some sockets did not close in time sockets=%d", sockets.size());
        }
    }
}
