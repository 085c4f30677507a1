package ai.artcafe.gateway.dashboard;

import ai.artcafe.gateway.GatewayIdentity;
import ai.artcafe.gateway.quota.Quotas;
import ai.artcafe.gateway.telemetry.DashboardMeters;
import ai.artcafe.model.subject.SubjectScheme;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

/** What all dashboards' sockets share. */
record DashboardServices(
        DashboardConfig config,
        SubjectScheme subjects,
        DashboardFrameReader reader,
        DashboardFrames frames,
        DashboardAdmission admission,
        DashboardSockets sockets,
        LivePictures pictures,
        Quotas quotas,
        DashboardMeters meters,
        Clock clock) {

    /** Makes the one instance. */
    @ApplicationScoped
    static class Factory {

        @Produces
        @Singleton
        DashboardFrames frames(DashboardConfig config, GatewayIdentity gateway) {
            return new DashboardFrames(config, gateway.id());
        }

        @Produces
        @Singleton
        DashboardServices services(
                DashboardConfig config,
                SubjectScheme subjects,
                DashboardFrames frames,
                DashboardAdmission admission,
                DashboardSockets sockets,
                LivePictures pictures,
                Quotas quotas,
                DashboardMeters meters,
                Clock clock) {
            return new DashboardServices(
                    config,
                    subjects,
                    new DashboardFrameReader(config.maxPreviewsPerSecond()),
                    frames,
                    admission,
                    sockets,
                    pictures,
                    quotas,
                    meters,
                    clock);
        }
    }
}
