package ai.artcafe.tracker.ledger.store;

import ai.artcafe.model.identity.ConnectionOwner;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.tracker.ledger.LedgerArchive;
import ai.artcafe.tracker.ledger.LedgerState;
import ai.artcafe.tracker.ledger.LedgerUnavailableException;
import io.vertx.mutiny.redis.client.Command;
import io.vertx.mutiny.redis.client.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Brings tenants back that are in the archive and not in Redis. Until that is done nothing is
 * booked for them, whoever asks; one tracker at a time does it.
 */
final class Restorer {

    private static final Logger LOG = Logger.getLogger(Restorer.class);

    /** For how long a tracker that has begun, and is not heard of any more, is waited for. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** How many arguments one script takes, roughly. */
    private static final int ARGUMENTS_PER_SCRIPT = 5_000;

    private final RedisCalls redis;
    private final LedgerConfig config;
    private final LedgerArchive archive;
    private final LedgerJson json;
    private final Pins pins;
    private final GlobalTotals global;

    Restorer(RedisCalls redis, LedgerConfig config, LedgerArchive archive, LedgerJson json) {
        this.redis = redis;
        this.config = config;
        this.archive = archive;
        this.json = json;
        this.pins = new Pins(redis, config.detailLife());
        this.global = new GlobalTotals(redis);
    }

    /** Makes a call that needs the tenant's ledger, and has that brought back where it must be. */
    <T> T withLedger(TenantId tenant, Supplier<T> call) {
        try {
            return call.get();
        } catch (UnrestoredException _) {
            restore(tenant);
        }
        try {
            return call.get();
        } catch (UnrestoredException e) {
            throw new LedgerUnavailableException("Redis was emptied again", e);
        }
    }

    /**
     * Brings a tenant back, unless it is there.
     *
     * @throws LedgerUnavailableException when Redis or the archive is away, or another tracker is
     *     at it
     */
    void restore(TenantId tenant) {
        if (isRestored(tenant)) {
            return;
        }
        String caller = UUID.randomUUID().toString();
        String lease = LedgerKeys.restoring(tenant);
        if (!RedisLease.keep(redis, lease, caller, PATIENCE)) {
            throw new LedgerUnavailableException(
                    "another tracker brings the ledger back: tenant=" + tenant,
                    new IllegalStateException());
        }
        // completing a large journal alone, at the pace of the rollup, may take minutes
        try (KeptLease _ = new KeptLease(redis, lease, caller, PATIENCE)) {
            Optional<LedgerState> state = archive.load(tenant);
            state.ifPresent(this::pin);
            load(tenant, caller, state);
        }
    }

    private boolean isRestored(TenantId tenant) {
        return redis.call(Command.HGET, LedgerKeys.meta(tenant), MetaFields.RESTORED).isPresent();
    }

    private void pin(LedgerState state) {
        RestoreCommands.owners(state.positions())
                .forEach((server, agents) -> {
                    Map<Long, ConnectionOwner.Agent> owners = new LinkedHashMap<>();
                    agents.forEach((cid, agent) ->
                            owners.put(cid, new ConnectionOwner.Agent(state.tenant(), agent)));
                    pins.pin(server, owners);
                });
    }

    private void load(TenantId tenant, String caller, Optional<LedgerState> state) {
        List<RestoreCommands.Command> some = new ArrayList<>();
        int size = 0;
        for (RestoreCommands.Command command :
                state.map(known -> RestoreCommands.of(known, config, json)).orElse(List.of())) {
            some.add(command);
            size += command.arguments().size();
            if (size >= ARGUMENTS_PER_SCRIPT) {
                run(tenant, caller, some, false);
                some.clear();
                size = 0;
            }
        }
        run(tenant, caller, some, true);
        state.ifPresent(known -> {
            addUp(known);
            LOG.infof(
                    "Ledger brought back: tenant=%s totals=%d connections=%d",
                    tenant, known.totals().size(), known.positions().size());
        });
    }

    private void addUp(LedgerState state) {
        state.totals().stream()
                .filter(totals -> totals.agent().isEmpty() && totals.span().isEmpty())
                .forEach(totals -> {
                    String active = totals.fields().getOrDefault("last_activity", "0");
                    global.add(
                            Instant.ofEpochMilli(Long.parseLong(active)),
                            state.tenant(),
                            totals.fields());
                });
    }

    private void run(
            TenantId tenant,
            String caller,
            List<RestoreCommands.Command> commands,
            boolean isLast) {
        Map<String, Integer> keys = new LinkedHashMap<>();
        keys.put(LedgerKeys.meta(tenant), 1);
        keys.put(LedgerKeys.restoring(tenant), 2);
        Arguments arguments = new Arguments().add(caller).add(PATIENCE.toMillis()).add(isLast);
        for (RestoreCommands.Command command : commands) {
            keys.putIfAbsent(command.key(), keys.size() + 1);
            arguments
                    .add(command.name())
                    .add(keys.getOrDefault(command.key(), 0))
                    .add(command.life())
                    .add(command.arguments().size())
                    .addAll(command.arguments());
        }
        Response answer = redis.run(Script.RESTORE, List.copyOf(keys.keySet()), arguments.list());
        if (answer.toString().equals("taken")) {
            throw new LedgerUnavailableException(
                    "another tracker brings the ledger back: tenant=" + tenant,
                    new IllegalStateException());
        }
    }
}
