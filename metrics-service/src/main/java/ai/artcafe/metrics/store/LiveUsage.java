package ai.artcafe.metrics.store;

import ai.artcafe.model.identity.Attribution;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.key.RedisKeys;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The live totals in Redis, as the tracker keeps them. All methods throw {@link
 * ai.artcafe.runtime.store.StoreAwayException} when Redis is away.
 */
@ApplicationScoped
public class LiveUsage {

    private final RedisPipeline redis;

    LiveUsage(RedisPipeline redis) {
        this.redis = redis;
    }

    /** How far the ledger has come. Ask before reading totals: they are then at least as far. */
    public Freshness freshness() {
        return redis.ask(askFreshness());
    }

    static Asked<Freshness> askFreshness() {
        return new Asked<>(
                List.of(hgetall(RedisKeys.SOURCES)),
                answers ->
                        Freshness.of(
                                RedisPipeline.hash(answers.getFirst()).values().stream()
                                        .map(millis -> Instant.ofEpochMilli(Long.parseLong(millis)))
                                        .toList()));
    }

    public LiveTenant tenant(TenantId tenant, Instant now) {
        return redis.ask(askTenant(tenant, now));
    }

    static Asked<LiveTenant> askTenant(TenantId tenant, Instant now) {
        return new Asked<>(
                List.of(
                        hgetall(RedisKeys.tenantDay(tenant, now)),
                        hgetall(RedisKeys.recentSeconds(tenant)),
                        hgetall(RedisKeys.reconciledDay(tenant, now)),
                        Request.cmd(Command.HLEN).arg(RedisKeys.openConnections(tenant))),
                answers ->
                        new LiveTenant(
                                Booked.read(RedisPipeline.hash(answers.get(0))),
                                RecentSeconds.parse(RedisPipeline.hash(answers.get(1)).values()),
                                Reconciled.read(RedisPipeline.hash(answers.get(2))),
                                answers.get(3).toLong()));
    }

    /**
     * What is booked in each of the slices, all of one tenant; those not kept live are not in it.
     */
    public Map<BookedSlice, Booked> read(List<BookedSlice> slices) {
        return read(slices, keys -> redis.run(keys.stream().map(LiveUsage::hgetall).toList()));
    }

    /** The same as of one moment; for a few slices. */
    public Map<BookedSlice, Booked> readAtOnce(List<BookedSlice> slices) {
        return read(slices, redis::hashesAtOnce);
    }

    private static Map<BookedSlice, Booked> read(
            List<BookedSlice> slices, Function<List<String>, List<Response>> hashesOf) {
        List<BookedSlice> kept =
                slices.stream().filter(slice -> liveKey(slice).isPresent()).toList();
        if (kept.isEmpty()) {
            return Map.of();
        }
        List<Response> hashes =
                hashesOf.apply(kept.stream().map(slice -> liveKey(slice).orElseThrow()).toList());
        Map<BookedSlice, Booked> booked = new HashMap<>();
        for (int i = 0; i < kept.size(); i++) {
            booked.put(kept.get(i), Booked.read(RedisPipeline.hash(hashes.get(i))));
        }
        return booked;
    }

    /** To whom anything is booked in the slices; for an hour, in its day. */
    public Set<Attribution> agents(TenantId tenant, List<Slice> slices) {
        List<Request> commands =
                slices.stream()
                        .map(slice -> agentsKey(tenant, slice))
                        .distinct()
                        .map(key -> Request.cmd(Command.SMEMBERS).arg(key))
                        .toList();
        return redis.run(commands).stream()
                .flatMap(members -> RedisPipeline.texts(members).stream())
                .flatMap(agent -> Attribution.parse(agent).stream())
                .collect(Collectors.toSet());
    }

    /** Whether anything of this tenant's has ever been booked to it. */
    public boolean hasUsed(TenantId tenant, Attribution agent) {
        Request exists = Request.cmd(Command.EXISTS).arg(RedisKeys.client(tenant, agent));
        return redis.run(List.of(exists)).getFirst().toLong() > 0;
    }

    private static String agentsKey(TenantId tenant, Slice slice) {
        return switch (slice.period()) {
            case HOURLY, DAILY -> RedisKeys.dayAgents(tenant, slice.start());
            case MONTHLY -> RedisKeys.monthAgents(tenant, slice.start());
        };
    }

    private static Optional<String> liveKey(BookedSlice slice) {
        return slice.owner().liveKey(slice.slice());
    }

    private static Request hgetall(String key) {
        return Request.cmd(Command.HGETALL).arg(key);
    }
}
