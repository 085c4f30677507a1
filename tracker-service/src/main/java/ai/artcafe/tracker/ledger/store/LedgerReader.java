package ai.artcafe.tracker.ledger.store;

import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.key.RedisKeys;
import ai.artcafe.model.usage.Period;
import io.vertx.mutiny.redis.client.Command;
import io.vertx.mutiny.redis.client.Redis;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What changed in the ledger, for those who carry it further. Blocking. */
@ApplicationScoped
public class LedgerReader {

    private static final DateTimeFormatter HOUR =
            DateTimeFormatter.ofPattern("yyyyMMddHH", Locale.ROOT);

    private final RedisCalls redis;
    private final DirtyTenants dirty;

    @Inject
    public LedgerReader(Redis redis, LedgerConfig config) {
        this.redis = new RedisCalls(redis, config.timeout());
        this.dirty = new DirtyTenants(this.redis);
    }

    /** Tenants that may have changes to be written. */
    public List<TenantId> dirtyTenants() {
        return dirty.dirty();
    }

    /** Every tenant that has ever used anything. */
    public List<TenantId> allTenants() {
        return dirty.allTenants();
    }

    /** Has a tenant looked at again, in case a crash kept it from being marked. */
    public void look(TenantId tenant) {
        dirty.look(tenant);
    }

    public DirtyMarks marks(TenantId tenant) {
        long revision = 0;
        Set<Instant> hours = new HashSet<>();
        List<AgentId> agents = new ArrayList<>();
        List<String> connections = new ArrayList<>();
        for (Map.Entry<String, Long> mark :
                redis.scored(Command.ZRANGE, RedisKeys.dirty(tenant), "0", "-1", "WITHSCORES")
                        .entrySet()) {
            String name = mark.getKey().substring(2);
            revision = Math.max(revision, mark.getValue());
            switch (mark.getKey().substring(0, 2)) {
                case "h:" -> hours.add(LocalDateTime.parse(name, HOUR).toInstant(ZoneOffset.UTC));
                case "a:" -> AgentId.parse(name).ifPresent(agents::add);
                case "c:" -> connections.add(name);
                default -> {}
            }
        }
        return new DirtyMarks(revision, hours, agents, connections);
    }

    /**
     * All that was marked up to the revision is written. What changed since then has a higher one
     * and stays.
     */
    public void written(TenantId tenant, long revision) {
        dirty.written(tenant, revision);
    }

    public Map<String, String> tenantTotals(TenantId tenant) {
        return redis.hash(RedisKeys.tenant(tenant));
    }

    public Map<String, String> tenantTotals(TenantId tenant, Period period, Instant at) {
        return redis.hash(
                switch (period) {
                    case HOURLY -> RedisKeys.tenantHour(tenant, at);
                    case DAILY -> RedisKeys.tenantDay(tenant, at);
                    case MONTHLY -> RedisKeys.tenantMonth(tenant, at);
                });
    }

    public Map<String, String> agentTotals(TenantId tenant, AgentId agent) {
        return redis.hash(RedisKeys.client(tenant, agent));
    }

    /** An agent's day or month; its hours are not kept. */
    public Optional<Map<String, String>> agentTotals(
            TenantId tenant, AgentId agent, Period period, Instant at) {
        return switch (period) {
            case HOURLY -> Optional.empty();
            case DAILY -> Optional.of(redis.hash(RedisKeys.clientDay(tenant, agent, at)));
            case MONTHLY -> Optional.of(redis.hash(RedisKeys.clientMonth(tenant, agent, at)));
        };
    }

    /** The positions of those connections that have one, by connection key. */
    public Map<String, Position> positions(TenantId tenant, List<String> connections) {
        Map<String, Position> positions = new HashMap<>();
        redis.fields(RedisKeys.positions(tenant), connections)
                .forEach((connection, text) -> positions.put(connection, Position.parse(text)));
        return positions;
    }
}
