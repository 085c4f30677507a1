package ai.artcafe.gateway.socket;

import ai.artcafe.gateway.GatewayIdentity;
import ai.artcafe.gateway.connection.Roster;
import ai.artcafe.gateway.frame.JsonText;
import ai.artcafe.gateway.limit.MessageRates;
import ai.artcafe.gateway.limit.RecentIds;
import ai.artcafe.gateway.quota.Quotas;
import ai.artcafe.gateway.reading.SocketReadings;
import ai.artcafe.gateway.sharing.PublishedIds;
import ai.artcafe.gateway.signal.Signals;
import ai.artcafe.gateway.status.RequestLog;
import ai.artcafe.gateway.telemetry.GatewayMeters;
import ai.artcafe.model.subject.SubjectScheme;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

/** What all sockets share. */
record SocketServices(
        SocketConfig config,
        GatewayIdentity gateway,
        SubjectScheme subjects,
        FrameReader reader,
        MessageFrames frames,
        RecentIds recentIds,
        PublishedIds publishedIds,
        MessageRates rates,
        Quotas quotas,
        SocketReadings readings,
        Signals signals,
        AgentSockets sockets,
        Roster roster,
        RequestLog requests,
        GatewayMeters meters,
        Clock clock) {

    /** Makes the one instance. */
    @ApplicationScoped
    static class Factory {

        @Produces
        @Singleton
        RecentIds recentIds(SocketConfig config, Clock clock) {
            return new RecentIds(config.repeatWindow(), config.repeatIds(), clock);
        }

        @Produces
        @Singleton
        SocketServices services(
                SocketConfig config,
                GatewayIdentity gateway,
                SubjectScheme subjects,
                RecentIds recentIds,
                PublishedIds publishedIds,
                MessageRates rates,
                Quotas quotas,
                SocketReadings readings,
                Signals signals,
                AgentSockets sockets,
                Roster roster,
                RequestLog requests,
                GatewayMeters meters,
                Clock clock) {
            JsonText json = new JsonText(config.jsonDepth());
            return new SocketServices(
                    config,
                    gateway,
                    subjects,
                    new FrameReader(
                            json,
                            config.requestTimeout().toMillis(),
                            config.maxRequestTimeout().toMillis()),
                    new MessageFrames(subjects, json),
                    recentIds,
                    publishedIds,
                    rates,
                    quotas,
                    readings,
                    signals,
                    sockets,
                    roster,
                    requests,
                    meters,
                    clock);
        }
    }
}
