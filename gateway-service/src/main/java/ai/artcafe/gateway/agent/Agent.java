package ai.artcafe.gateway.agent;

import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.presence.Door;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A machine identity of a tenant.
 *
 * @param name for people
 * @param sshPublicKey opens the WebSocket door; type and base64
 * @param nkeyPublicKey opens the NATS door; {@code U…}
 * @param capabilities what it says it can do
 * @param metadata whatever its owner wants to keep with it
 */
public record Agent(
        AgentId agentId,
        TenantId tenantId,
        Optional<String> name,
        Optional<String> sshPublicKey,
        Optional<String> nkeyPublicKey,
        List<String> capabilities,
        Map<String, String> metadata,
        Status status,
        Instant createdAt) {

    public Agent {
        capabilities = List.copyOf(capabilities);
        metadata = Map.copyOf(metadata);
    }

    /** Whether it may connect. */
    public enum Status {
        ACTIVE,
        DISABLED;

        @JsonValue
        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static Optional<Status> parse(String id) {
            for (Status status : values()) {
                if (status.id().equals(id)) {
                    return Optional.of(status);
                }
            }
            return Optional.empty();
        }
    }

    /** The same in another status. */
    public Agent with(Status other) {
        return new Agent(
                agentId,
                tenantId,
                name,
                sshPublicKey,
                nkeyPublicKey,
                capabilities,
                metadata,
                other,
                createdAt);
    }

    /**
     * At which doors what it has open ends when it changes to this: at both when it is disabled, at
     * the one that a lost key opened.
     */
    public Set<Door> doorsLostBy(Agent after) {
        Set<Door> lost = EnumSet.noneOf(Door.class);
        if (!after.isActive() || isLost(sshPublicKey, after.sshPublicKey)) {
            lost.add(Door.WEBSOCKET);
        }
        if (!after.isActive() || isLost(nkeyPublicKey, after.nkeyPublicKey)) {
            lost.add(Door.NATS);
        }
        return lost;
    }

    /** Why they end when it changes to this. */
    public static EndReason lossBy(Agent after) {
        return after.isActive() ? EndReason.KEY_REPLACED : EndReason.DISABLED;
    }

    private static boolean isLost(Optional<String> before, Optional<String> after) {
        return before.isPresent() && !before.equals(after);
    }

    @JsonIgnore
    public boolean isActive() {
        return status == Status.ACTIVE;
    }
}
