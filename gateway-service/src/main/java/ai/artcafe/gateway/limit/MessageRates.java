package ai.artcafe.gateway.limit;

import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.plan.PlanLimits;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * The message rates of the plan, on this gateway: one bucket for each agent, shared by its sockets,
 * and one for each tenant. A bucket holds one second's worth, so that a second's messages may come
 * at once. Buckets live as long as a socket uses them. Thread-safe.
 */
@ApplicationScoped
public class MessageRates {

    private record Key(String id, long perSecond) {}

    private final Cache<Key, Bucket> agents = Caffeine.newBuilder().weakValues().build();
    private final Cache<Key, Bucket> tenants = Caffeine.newBuilder().weakValues().build();

    public MessageRate of(TenantId tenant, AgentId agent, PlanLimits limits) {
        if (limits.agentMessagesPerSecond() == PlanLimits.UNLIMITED
                && limits.tenantMessagesPerSecond() == PlanLimits.UNLIMITED) {
            return () -> RateVerdict.ALLOWED;
        }
        return new Limited(
                bucket(agents, agent.value(), limits.agentMessagesPerSecond()),
                bucket(tenants, tenant.value(), limits.tenantMessagesPerSecond()));
    }

    private static Bucket bucket(Cache<Key, Bucket> buckets, String id, long perSecond) {
        long bounded = Math.min(perSecond, MAX_PER_SECOND);
        return buckets.get(new Key(id, bounded), _ -> Buckets.of(bounded, bounded));
    }

    /** A bucket cannot fill faster than a token a nanosecond. */
    private static final long MAX_PER_SECOND = 1_000_000_000;

    private record Limited(Bucket agent, Bucket tenant) implements MessageRate {

        @Override
        public RateVerdict take() {
            RateVerdict own = Buckets.take(agent);
            if (own instanceof RateVerdict.Exceeded) {
                return own;
            }
            RateVerdict shared = Buckets.take(tenant);
            if (shared instanceof RateVerdict.Exceeded) {
                agent.addTokens(1);
            }
            return shared;
        }
    }
}
