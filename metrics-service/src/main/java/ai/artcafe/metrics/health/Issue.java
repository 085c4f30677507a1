package ai.artcafe.metrics.health;

import ai.artcafe.model.identity.AgentId;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Something that is not as it should be.
 *
 * @param count of the agents, gaps or anomalies that it is about; left out for other things
 * @param since when it began, where that is known
 * @param clientIds the agents it is about, {@value #AGENTS} at most; left out for other things
 * @param detail what is wrong, for people
 * @param action what to do about it
 */
public record Issue(
        Code code,
        Severity severity,
        Optional<Long> count,
        Optional<Instant> since,
        Optional<List<AgentId>> clientIds,
        String detail,
        String action) {

    /** How many agents are named. */
    public static final int AGENTS = 20;

    /** How bad it is. */
    public enum Severity {
        INFO,
        WARNING,
        CRITICAL;

        @JsonValue
        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What it is; stable. */
    public enum Code {
        /** Nothing has ever been read. */
        NO_DATA("Have an agent connect; if one is connected, ask the operator about the tracker."),
        /** The figures stand still: nobody reads the servers, or a store is away. */
        DATA_STALE("Wait, and do not judge by these figures; counting is made up for later."),
        /** One of the sources has not been read for a while. */
        DATA_INCOMPLETE("Wait: until complete_through moves on, later totals may still grow."),
        /** Nobody hears the agents' heartbeats. */
        PRESENCE_STALE("Wait, and do not take an agent's status for its present one."),
        AGENTS_UNHEALTHY("Look at these agents: they say so, or two heartbeats are missing."),
        AGENTS_DEGRADED("Look at these agents: they say so, or a heartbeat is missing."),
        /** No tap listens: what only it can see is missing. */
        TAP_AWAY("Wait: usage is counted all the same; latency, subjects and channels are not."),
        /** The tap has missed a part of what was sent today. */
        TAP_COVERAGE("Take today's distribution for a part of the traffic; usage is not affected."),
        /** The last counters of a server or gateway were never read. */
        GAPS("See the gaps of GET /api/v1/usage/reconciliation."),
        /** The witnesses differ, and nothing explains it yet. */
        DRIFT("See GET /api/v1/usage/reconciliation; it is booked once the traffic has settled."),
        ANOMALIES("See GET /api/v1/metrics/anomalies."),
        QUOTA_NEAR("Publish less until it resets, or change the plan."),
        QUOTA_EXHAUSTED("Wait until it resets, or change the plan.");

        private final String action;

        Code(String action) {
            this.action = action;
        }

        @JsonValue
        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Whether the rest cannot be judged while it lasts. */
        boolean isBlinding() {
            return this == NO_DATA || this == DATA_STALE;
        }
    }

    static Issue of(Code code, Severity severity, String detail) {
        return new Issue(
                code,
                severity,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                detail,
                code.action);
    }

    Issue since(Instant when) {
        return new Issue(code, severity, count, Optional.of(when), clientIds, detail, action);
    }

    Issue counting(long number) {
        return new Issue(code, severity, Optional.of(number), since, clientIds, detail, action);
    }

    Issue about(List<AgentId> agents) {
        return new Issue(code, severity, count, since, Optional.of(agents), detail, action);
    }
}
