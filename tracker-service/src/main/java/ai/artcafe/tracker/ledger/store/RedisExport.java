package ai.artcafe.tracker.ledger.store;

import ai.artcafe.model.identity.TenantId;
import ai.artcafe.tracker.ledger.LedgerArchive;
import ai.artcafe.tracker.ledger.LedgerExport;
import ai.artcafe.tracker.ledger.LedgerState;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.mutiny.redis.client.Redis;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** What of the ledger in Redis has to be written, and its way back. */
@ApplicationScoped
public class RedisExport implements LedgerExport {

    private final RedisCalls redis;
    private final LedgerJson json;
    private final Restorer restorer;
    private final DirtyTenants dirty;
    private final AtomicBoolean lookedAtAll = new AtomicBoolean();

    @Inject
    public RedisExport(
            Redis redis, LedgerConfig config, LedgerArchive archive, ObjectMapper mapper) {
        this.redis = new RedisCalls(redis, config.timeout());
        this.json = new LedgerJson(mapper);
        this.restorer = new Restorer(this.redis, config, archive, json);
        this.dirty = new DirtyTenants(this.redis);
    }

    /**
     * {@inheritDoc}
     *
     * <p>The first time every tenant is looked at, for what a crash may have kept from being
     * marked.
     */
    @Override
    public List<TenantId> dirtyTenants() {
        if (!lookedAtAll.get()) {
            dirty.allTenants().forEach(dirty::look);
            lookedAtAll.set(true);
        }
        return dirty.dirty();
    }

    @Override
    public Optional<LedgerState> cut(TenantId tenant) {
        return restorer.withLedger(
                tenant,
                () ->
                        LedgerCut.state(
                                tenant,
                                redis.run(
                                        Script.CUT,
                                        LedgerCut.keys(tenant),
                                        new Arguments().add(tenant.value()).list()),
                                json));
    }

    @Override
    public void written(TenantId tenant, long revision) {
        dirty.written(tenant, revision);
    }

    @Override
    public void restore(TenantId tenant) {
        restorer.restore(tenant);
    }
}
