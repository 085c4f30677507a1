package ai.artcafe.gateway.connection;

import ai.artcafe.gateway.agent.EndReason;
import ai.artcafe.gateway.connection.broker.NatsDoor;
import ai.artcafe.model.identity.ConnectionOwner;
import ai.artcafe.model.presence.Door;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;

/**
 * Keeps what gateways end or refuse at the NATS door. What ends there by itself is the ledger's to
 * know. Never blocks.
 */
@ApplicationScoped
public class Endings {

    private final ConnectionRecords records;
    private final Clock clock;

    Endings(ConnectionRecords records, Clock clock) {
        this.records = records;
        this.clock = clock;
    }

    /** A server has ended it, as a gateway told it to. */
    void kicked(NatsDoor.Found found, EndReason reason) {
        records.ended(
                EndedConnection.closed(
                        ConnectionView.connection(found),
                        Door.NATS,
                        found.serverId(),
                        now(),
                        new Ending(reason, Optional.empty())));
    }

    /** The agent was refused at the door of this server; to be told once for each back-off. */
    public void refused(ConnectionOwner.Agent owner, String serverId, EndReason reason) {
        Instant now = now();
        records.ended(
                new EndedConnection(
                        new AgentConnection(
                                "refused-" + UUID.randomUUID(), owner.tenant(), owner.agent(), now),
                        Door.NATS,
                        serverId,
                        now,
                        new Ending(reason, Optional.empty()),
                        true));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
