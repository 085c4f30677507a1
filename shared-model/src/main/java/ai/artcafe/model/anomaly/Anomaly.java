package ai.artcafe.model.anomaly;

import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.TenantId;
import java.time.Instant;
import java.util.Optional;

/**
 * Something out of the ordinary that a tenant and the platform's operators should know of.
 *
 * @param id unique for its start within the tenant
 * @param startedAt the first instant of what is out of the ordinary
 * @param endedAt when it was over; empty while it lasts
 * @param direction empty where there are no two sides
 * @param observed the worst that was observed, in the dimension's unit
 * @param expected of what was observed
 * @param clientId the agent that contributed most, where that is known
 * @param subject the subject that contributed most, where that is known
 * @param explanation for people, in one sentence
 */
public record Anomaly(
        TenantId tenantId,
        String id,
        AnomalyType type,
        Dimension dimension,
        Severity severity,
        Instant startedAt,
        Optional<Instant> endedAt,
        Optional<Direction> direction,
        double observed,
        Band expected,
        Optional<AgentId> clientId,
        Optional<String> subject,
        String explanation) {

    public Anomaly endedAt(Instant end) {
        return new Anomaly(
                tenantId,
                id,
                type,
                dimension,
                severity,
                startedAt,
                Optional.of(end),
                direction,
                observed,
                expected,
                clientId,
                subject,
                explanation);
    }
}
