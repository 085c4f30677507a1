package ai.artcafe.metrics.presence;

import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.presence.PresenceChange;
import ai.artcafe.model.presence.PresenceStatus;
import java.time.Instant;
import java.util.Optional;

/**
 * An agent's status became another one.
 *
 * @param clientId the agent; left out where the list is one agent's
 * @param from left out when the agent was not known
 */
public record ChangeView(
        Optional<AgentId> clientId,
        Optional<PresenceStatus> from,
        PresenceStatus to,
        Instant at,
        PresenceChange.Cause cause) {

    static ChangeView of(PresenceChange change) {
        return new ChangeView(
                Optional.of(change.agent()),
                change.from(),
                change.to(),
                change.at(),
                change.cause());
    }

    static ChangeView ofOne(PresenceChange change) {
        return new ChangeView(
                Optional.empty(), change.from(), change.to(), change.at(), change.cause());
    }
}
