package ai.artcafe.tracker.reconcile;

import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.TenantId;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * Something that a tenant and the platform's operators should know of.
 *
 * @param id unique for its start within the tenant
 * @param observed messages, or strikes
 * @param low the lowest that is expected of what was observed
 * @param high the highest
 * @param agent whose doing it is
 * @param explanation for people
 */
public record Finding(
        TenantId tenant,
        String id,
        Type type,
        Severity severity,
        Instant startedAt,
        Instant endedAt,
        long observed,
        long low,
        long high,
        Optional<AgentId> agent,
        String explanation) {

    /** What was found. */
    public enum Type {
        /** Messages were kept out of the server's counters by a trick. */
        COUNTER_BYPASS,
        /** An agent did so too often and may connect no longer. */
        AGENT_DISABLED;

        /** The name in stores and answers, lower case. */
        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** How bad it is. */
    public enum Severity {
        CRITICAL;

        /** The name in stores and answers, lower case. */
        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
