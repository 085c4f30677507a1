package ai.artcafe.gateway.dashboard;

import ai.artcafe.gateway.broker.TenantLinks;
import ai.artcafe.gateway.dashboard.broker.PictureRequests;
import ai.artcafe.gateway.telemetry.DashboardMeters;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import org.jboss.logging.Logger;

/** Starts what dashboards need, and ends it before the links to NATS close. */
@ApplicationScoped
class DashboardLifecycle {

    private static final Logger LOG = Logger.getLogger(DashboardLifecycle.class);

    private final DashboardSockets sockets;
    private final LivePictures pictures;
    private final PictureRequests requests;
    private final TenantLinks links;
    private final DashboardConfig config;
    private final DashboardMeters meters;

    DashboardLifecycle(
            DashboardSockets sockets,
            LivePictures pictures,
            PictureRequests requests,
            TenantLinks links,
            DashboardConfig config,
            DashboardMeters meters) {
        this.sockets = sockets;
        this.pictures = pictures;
        this.requests = requests;
        this.links = links;
        this.config = config;
        this.meters = meters;
    }

    void start(@Observes StartupEvent event) {
        meters.watch(sockets::size, () -> links.dropped(TenantLinks.Use.DASHBOARDS));
        requests.start();
        sockets.start();
        pictures.start();
    }

    /** Before the HTTP server waits for what it takes for open requests: the sockets. */
    void drain(@Observes ShutdownDelayInitiatedEvent event) {
        closeSockets();
    }

    void stop(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE - 1) ShutdownEvent event) {
        closeSockets();
        pictures.close();
        requests.close();
    }

    private void closeSockets() {
        if (!sockets.drain(config.closePatience())) {
            LOG.warnf("some dashboards did not close in time sockets=%d", sockets.size());
        }
    }
}
