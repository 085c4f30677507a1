package ai.artcafe.model.presence;

import ai.artcafe.model.identity.AgentId;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * An agent's status became another one.
 *
 * @param number the tenant's changes are counted; one that is missing was lost
 * @param from what it was; empty when the agent was not known
 */
public record PresenceChange(
        long number,
        AgentId agent,
        Optional<PresenceStatus> from,
        PresenceStatus to,
        Instant at,
        Cause cause) {

    /** Why. */
    public enum Cause {
        /** It opened a connection. */
        CONNECTED,
        /** Its last connection closed, or was lost with its server or gateway. */
        CLOSED,
        /** A heartbeat came. */
        HEARTBEAT,
        /** Heartbeats are missing. */
        SILENT,
        /** It said so. */
        REPORTED;

        /** The name in stores and answers, lower case. */
        @JsonValue
        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static Optional<Cause> parse(String id) {
            return Arrays.stream(values()).filter(cause -> cause.id().equals(id)).findFirst();
        }
    }

    private static final String NUMBER = "n";
    private static final String AGENT = "agent";
    private static final String FROM = "from";
    private static final String TO = "to";
    private static final String AT = "at";
    private static final String CAUSE = "cause";

    /** From the fields that stores have it in; empty when they are not those of a change. */
    public static Optional<PresenceChange> read(Map<String, String> fields) {
        Optional<AgentId> agent = AgentId.parse(fields.getOrDefault(AGENT, ""));
        Optional<PresenceStatus> to = PresenceStatus.parse(fields.getOrDefault(TO, ""));
        Optional<Cause> cause = Cause.parse(fields.getOrDefault(CAUSE, ""));
        if (agent.isEmpty() || to.isEmpty() || cause.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    new PresenceChange(
                            Long.parseLong(fields.getOrDefault(NUMBER, "")),
                            agent.get(),
                            PresenceStatus.parse(fields.getOrDefault(FROM, "")),
                            to.get(),
                            Instant.ofEpochMilli(Long.parseLong(fields.getOrDefault(AT, ""))),
                            cause.get()));
        } catch (NumberFormatException _) {
            return Optional.empty();
        }
    }

    /** The fields that stores have it in. */
    public Map<String, String> fields() {
        Map<String, String> fields = new HashMap<>();
        fields.put(NUMBER, Long.toString(number));
        fields.put(AGENT, agent.value());
        from.ifPresent(status -> fields.put(FROM, status.id()));
        fields.put(TO, to.id());
        fields.put(AT, Long.toString(at.toEpochMilli()));
        fields.put(CAUSE, cause.id());
        return fields;
    }

    /** Whether the agent came. */
    public boolean isJoin() {
        return to != PresenceStatus.OFFLINE
                && from.filter(status -> status != PresenceStatus.OFFLINE).isEmpty();
    }

    /** Whether the agent left. */
    public boolean isLeave() {
        return to == PresenceStatus.OFFLINE;
    }
}
