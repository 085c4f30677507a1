package ai.artcafe.gateway.quota;

import ai.artcafe.gateway.limit.MessageRate;
import ai.artcafe.gateway.limit.MessageRates;
import ai.artcafe.gateway.limit.RateVerdict;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.plan.PlanLimits;
import ai.artcafe.model.problem.ErrorCode;
import ai.artcafe.model.problem.ProblemException;
import ai.artcafe.runtime.store.TenantRecord;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;

/**
 * What a tenant's users may send through the API: frames of the plan's size, as many as its agents
 * leave of the tenant's rate, and of its day. Thread-safe.
 */
@ApplicationScoped
public class ApiAllowance {

    private static final int TENANTS = 10_000;
    private static final Duration REMEMBERED = Duration.ofMinutes(1);

    private record RateKey(TenantId tenant, long perSecond) {}

    private final MessageRates rates;
    private final Quotas quotas;
    private final FirstLook firstLook;
    private final Clock clock;
    private final Cache<RateKey, MessageRate> tenantRates =
            Caffeine.newBuilder().maximumSize(TENANTS).expireAfterAccess(REMEMBERED).build();

    ApiAllowance(MessageRates rates, Quotas quotas, FirstLook firstLook, Clock clock) {
        this.rates = rates;
        this.quotas = quotas;
        this.firstLook = firstLook;
        this.clock = clock;
    }

    /**
     * Takes one message off. Reads the ledger for the first one of a tenant that has no sockets
     * here; while that is away, the day has no end.
     *
     * @param bytes of its data
     * @throws ProblemException {@code too_large}, {@code limit_exceeded} or {@code quota_exceeded}
     */
    public void take(TenantRecord tenant, int bytes) {
        PlanLimits limits = tenant.limits();
        if (bytes > limits.frameBytes()) {
            throw ErrorCode.TOO_LARGE.because(
                    "a message may have " + limits.frameBytes() + " bytes");
        }
        TenantQuota quota = firstLook.at(tenant);
        if (quota.isUsedUp(clock.millis())) {
            throw refused(
                    ErrorCode.QUOTA_EXCEEDED,
                    "the plan's messages of the day are used up",
                    Duration.ofMillis(TenantQuota.untilReset(clock.millis())));
        }
        RateKey key = new RateKey(tenant.tenantId(), limits.tenantMessagesPerSecond());
        MessageRate rate = tenantRates.get(key, _ -> rates.ofTenant(key.tenant(), key.perSecond()));
        if (rate.take() instanceof RateVerdict.Exceeded(Duration retryAfter)) {
            throw refused(
                    ErrorCode.LIMIT_EXCEEDED,
                    "the plan's messages a second are used up",
                    retryAfter);
        }
    }

    /** A message of the tenant's users was handed to NATS. */
    public void passed(TenantRecord tenant) {
        quotas.use(tenant).published();
    }

    private static ProblemException refused(ErrorCode code, String detail, Duration retryAfter) {
        return new ProblemException(
                code, detail, Map.of("retry_after", Long.toString(retryAfter.toSeconds() + 1)));
    }
}
