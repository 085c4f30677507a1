package ai.artcafe.metrics.presence;

import ai.artcafe.metrics.store.LivePresence;
import ai.artcafe.metrics.tier.Feature;
import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.plan.Tier;
import ai.artcafe.model.presence.AgentPresence;
import ai.artcafe.model.presence.Door;
import ai.artcafe.model.presence.PresenceStatus;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * An agent. What the tier does not show, or the agent never said, is left out.
 *
 * @param since when the status began
 * @param lastSeen when it last gave a sign of life or was carried anything
 * @param health how it last said it is, since it is here
 * @param heartbeat its last heartbeat
 * @param doors through which it is here
 * @param connections how many it has open
 * @param metrics numbers from its heartbeats
 * @param history its changes, the latest first; of one agent only
 */
public record ClientPresence(
        AgentId clientId,
        PresenceStatus status,
        Optional<Instant> since,
        Optional<Instant> lastSeen,
        Optional<PresenceStatus> health,
        Optional<Instant> heartbeat,
        Optional<Collection<Door>> doors,
        Optional<Long> connections,
        Optional<String> version,
        Optional<SortedMap<String, Double>> metrics,
        Optional<List<ChangeView>> history) {

    static ClientPresence of(LivePresence.Known known, Tier tier) {
        AgentPresence presence = known.presence();
        if (!Feature.PRESENCE_DETAIL.isIn(tier)) {
            return bare(known.agent(), presence.status());
        }
        Instant seen =
                known.lastActivity()
                        .filter(presence.lastSeen()::isBefore)
                        .orElse(presence.lastSeen());
        return new ClientPresence(
                known.agent(),
                presence.status(),
                time(presence.since()),
                time(seen),
                presence.reported(),
                time(presence.beat()),
                Optional.of(presence.doors()),
                Optional.of(presence.open()),
                known.version(),
                Optional.of(known.metrics()).filter(metrics -> !metrics.isEmpty()),
                Optional.empty());
    }

    /** One of which nothing more is told, or known. */
    static ClientPresence bare(AgentId agent, PresenceStatus status) {
        return new ClientPresence(
                agent,
                status,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    ClientPresence with(List<ChangeView> changes) {
        return new ClientPresence(
                clientId,
                status,
                since,
                lastSeen,
                health,
                heartbeat,
                doors,
                connections,
                version,
                metrics,
                Optional.of(changes));
    }

    private static Optional<Instant> time(Instant at) {
        return Optional.of(at).filter(known -> !known.equals(Instant.EPOCH));
    }
}
