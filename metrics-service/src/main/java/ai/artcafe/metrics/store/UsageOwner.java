package ai.artcafe.metrics.store;

import ai.artcafe.model.identity.Attribution;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.key.RedisKeys;
import ai.artcafe.model.key.UsageKeys;
import java.util.Optional;

/** Whose usage: a tenant's, or that of whoever within it was charged. */
public sealed interface UsageOwner {

    TenantId tenant();

    /** The partition of the rollups. */
    String partition();

    /** The hash of a period's live totals, or empty where none is kept. */
    Optional<String> liveKey(Slice slice);

    /** All of a tenant. */
    record OfTenant(TenantId tenant) implements UsageOwner {
        @Override
        public String partition() {
            return UsageKeys.tenant(tenant);
        }

        @Override
        public Optional<String> liveKey(Slice slice) {
            return Optional.of(
                    switch (slice.period()) {
                        case HOURLY -> RedisKeys.tenantHour(tenant, slice.start());
                        case DAILY -> RedisKeys.tenantDay(tenant, slice.start());
                        case MONTHLY -> RedisKeys.tenantMonth(tenant, slice.start());
                    });
        }
    }

    /** One agent of a tenant, or what no agent can be charged with; its hours are not kept live. */
    record OfAgent(TenantId tenant, Attribution agent) implements UsageOwner {
        @Override
        public String partition() {
            return UsageKeys.client(tenant, agent);
        }

        @Override
        public Optional<String> liveKey(Slice slice) {
            return switch (slice.period()) {
                case HOURLY -> Optional.empty();
                case DAILY -> Optional.of(RedisKeys.clientDay(tenant, agent, slice.start()));
                case MONTHLY -> Optional.of(RedisKeys.clientMonth(tenant, agent, slice.start()));
            };
        }
    }
}
