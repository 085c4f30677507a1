package ai.artcafe.tracker.ledger.store;

import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.usage.Adjustment;
import ai.artcafe.tracker.ledger.Claim;
import ai.artcafe.tracker.ledger.LedgerArchive;
import ai.artcafe.tracker.ledger.LedgerWitness;
import ai.artcafe.tracker.ledger.Sums;
import ai.artcafe.tracker.ledger.Window;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Multi;
import io.vertx.mutiny.redis.client.Command;
import io.vertx.mutiny.redis.client.Redis;
import io.vertx.mutiny.redis.client.Response;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/** The ledger in Redis as one of the witnesses. */
@ApplicationScoped
public class RedisWitness implements LedgerWitness {

    private static final Logger LOG = Logger.getLogger(RedisWitness.class);

    /** How many refused claims are remembered, to tell of each once. */
    private static final int REFUSED = 10_000;

    private final RedisCalls redis;
    private final LedgerConfig config;
    private final LedgerJson json;
    private final Restorer restorer;
    private final DirtyTenants dirty;
    private final GlobalTotals global;
    private final Set<String> refused = ConcurrentHashMap.newKeySet();

    @Inject
    public RedisWitness(
            Redis redis, LedgerConfig config, LedgerArchive archive, ObjectMapper mapper) {
        this.redis = new RedisCalls(redis, config.timeout());
        this.config = config;
        this.json = new LedgerJson(mapper);
        this.restorer = new Restorer(this.redis, config, archive, json);
        this.dirty = new DirtyTenants(this.redis);
        this.global = new GlobalTotals(this.redis);
    }

    private record Meta(TenantId tenant, Map<String, String> fields) {

        boolean isRestored() {
            return fields.containsKey(MetaFields.RESTORED);
        }
    }

    @Override
    public Map<TenantId, Sums> sums(Collection<TenantId> tenants) {
        Map<TenantId, Sums> sums = new HashMap<>();
        for (Meta meta : metas(tenants)) {
            if (!meta.isRestored()) {
                restorer.restore(meta.tenant());
            }
            sums.put(
                    meta.tenant(),
                    MetaFields.sums(
                            meta.isRestored()
                                    ? meta.fields()
                                    : redis.hash(LedgerKeys.meta(meta.tenant()))));
        }
        return sums;
    }

    private List<Meta> metas(Collection<TenantId> tenants) {
        return redis.await(
                        Multi.createFrom()
                                .iterable(tenants)
                                .onItem()
                                .transformToUni(tenant ->
                                        redis.send(
                                                        Command.HGETALL,
                                                        List.of(LedgerKeys.meta(tenant)))
                                                .map(answer ->
                                                        new Meta(tenant, RedisCalls.pairs(answer))))
                                .merge(config.concurrency())
                                .collect()
                                .asList(),
                        "sums")
                .orElseGet(List::of);
    }

    @Override
    public List<Adjustment> adjust(
            TenantId tenant, Instant at, Collection<Claim> claims, Optional<Window> window) {
        AdjustCall call = new AdjustCall(tenant, at, claims, window);
        Response answer =
                restorer.withLedger(
                        tenant,
                        () -> redis.run(Script.ADJUST, call.keys(), call.arguments(config, json)));
        dirty.mark(List.of(tenant)); // what a crash leaves unmarked is found by the next tracker
        if (!AdjustCall.wasTaken(answer)) {
            LOG.debugf("Window is over already, nothing booked: tenant=%s", tenant);
            return List.of();
        }
        call.refused(answer).forEach(claim -> tellOnce(tenant, claim));
        List<Adjustment> booked = call.booked(answer);
        if (!booked.isEmpty()) {
            global.addAnswers(at, Map.of(tenant, answer));
        }
        return booked;
    }

    private void tellOnce(TenantId tenant, Claim claim) {
        if (refused.size() < REFUSED && refused.add(tenant + "/" + claim.cause())) {
            LOG.warnf(
                    "Claim would take off more than there is, not booked: tenant=%s agent=%s"
                            + " cause=%s messages=%d bytes=%d",
                    tenant,
                    claim.agent(),
                    claim.cause(),
                    claim.amount().messages(),
                    claim.amount().bytes());
        }
    }

    @Override
    public long strikes(TenantId tenant, AgentId agent) {
        return redis.call(Command.HGET, LedgerKeys.meta(tenant), MetaFields.STRIKE + agent)
                .map(Response::toLong)
                .orElse(0L);
    }
}
