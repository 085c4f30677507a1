package ai.artcafe.model.limit;

import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.problem.ErrorCode;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * What a tracker tells the gateways on {@link
 * ai.artcafe.model.subject.PlatformSubjects#OVER_LIMIT}, as JSON: who was over a limit at the NATS
 * door in a window of ten seconds. It is sent once; who goes on is told of in the next window.
 *
 * @param version of this form; what is of another is not understood
 * @param window epoch seconds of its end, divided by ten: one that is told twice is one
 * @param at when it was looked at
 */
public record OverLimit(int version, long window, Instant at, List<Excess> excesses) {

    public static final int VERSION = 1;

    /** How long a window lasts, in seconds. */
    public static final int WINDOW_SECONDS = 10;

    public OverLimit {
        excesses = List.copyOf(excesses);
    }

    /** Which limit it is. */
    public enum Kind {
        /** Messages a second of the agent. */
        AGENT_MESSAGES_PER_SECOND(ErrorCode.LIMIT_EXCEEDED),
        /** Messages a second of its tenant, to which the agent has contributed. */
        TENANT_MESSAGES_PER_SECOND(ErrorCode.LIMIT_EXCEEDED),
        /** The tenant's messages of the day, of which the agent goes on sending more. */
        MESSAGES_PER_DAY(ErrorCode.QUOTA_EXCEEDED),
        /** Open connections of the agent, at both doors. Gateways find it, no tracker tells it. */
        CONNECTIONS_PER_AGENT(ErrorCode.LIMIT_EXCEEDED);

        private final ErrorCode code;

        Kind(ErrorCode code) {
            this.code = code;
        }

        /** What it is called where something is refused for it. */
        public ErrorCode code() {
            return code;
        }

        @JsonValue
        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * One agent that was over a limit.
     *
     * @param observed how many messages there were, a second on average, or on the day so far; or
     *     how many connections
     * @param limit how many there may be
     */
    public record Excess(
            TenantId tenantId, AgentId agentId, Kind kind, long observed, long limit) {}
}
