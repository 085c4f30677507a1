package ai.artcafe.metrics.health;

import ai.artcafe.metrics.answer.Answer;
import ai.artcafe.metrics.health.Issue.Code;
import ai.artcafe.metrics.health.Issue.Severity;
import ai.artcafe.metrics.presence.PresenceAnswer.Counts;
import ai.artcafe.metrics.store.Freshness;
import ai.artcafe.metrics.tier.LockedFeature;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.plan.Tier;
import ai.artcafe.runtime.store.TenantRecord;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How a tenant is.
 *
 * @param asOf the ledger's latest reading, {@code null} as long as there is none
 * @param completeThrough nothing before it is missing; {@code null} as long as nothing is known
 * @param stale whether a store is away and this is the last known answer; left out when not
 * @param clients agents by status; {@code null} when no tracker ever heard any
 * @param coverage how much of what the servers handed to the tap today it has seen, 0 to 1; {@code
 *     null} while that is not known
 * @param issues the worst first; empty when all is well
 * @param locked what the tier is not told of
 */
public record HealthCheckAnswer(
        TenantId tenantId,
        Tier tier,
        @JsonInclude(JsonInclude.Include.ALWAYS) Optional<Instant> asOf,
        @JsonInclude(JsonInclude.Include.ALWAYS) Optional<Instant> completeThrough,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean stale,
        HealthStatus status,
        @JsonInclude(JsonInclude.Include.ALWAYS) Optional<Counts> clients,
        @JsonInclude(JsonInclude.Include.ALWAYS) Optional<Double> coverage,
        List<Issue> issues,
        List<LockedFeature> locked)
        implements Answer<HealthCheckAnswer> {

    public HealthCheckAnswer {
        issues = List.copyOf(issues);
        locked = List.copyOf(locked);
    }

    static HealthCheckAnswer of(
            TenantRecord tenant,
            Freshness freshness,
            Optional<Counts> clients,
            Optional<Double> coverage,
            List<Issue> issues,
            List<LockedFeature> locked) {
        return new HealthCheckAnswer(
                tenant.tenantId(),
                tenant.tier(),
                freshness.asOf(),
                freshness.completeThrough(),
                false,
                HealthStatus.of(issues),
                clients,
                coverage,
                issues,
                locked);
    }

    @Override
    public HealthCheckAnswer asStale() {
        Issue away =
                Issue.of(
                        Code.DATA_STALE,
                        Severity.CRITICAL,
                        "A store is away: this is how it was, not how it is.");
        return new HealthCheckAnswer(
                tenantId,
                tier,
                asOf,
                completeThrough,
                true,
                HealthStatus.UNKNOWN,
                clients,
                coverage,
                Stream.concat(
                                Stream.of(asOf.map(away::since).orElse(away)),
                                issues.stream().filter(issue -> issue.code() != Code.DATA_STALE))
                        .toList(),
                locked);
    }

    @Override
    public int rows() {
        return 1 + issues.size();
    }
}
