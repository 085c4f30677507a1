package ai.artcafe.metrics.store;

import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.key.RedisKeys;
import ai.artcafe.runtime.status.KeptMinutes;
import ai.artcafe.runtime.status.RequestActivity;
import ai.artcafe.runtime.status.RequestParty;
import ai.artcafe.runtime.status.ServiceActivity;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.LongStream;

/**
 * The platform's status of the last hours in Redis, as services report it. All methods throw {@link
 * ai.artcafe.runtime.store.StoreAwayException} when Redis is away.
 */
@ApplicationScoped
public class LiveStatus {

    /** A count that is older than this is none. */
    private static final Duration COUNT_LIFE = Duration.ofMinutes(2);

    private final RedisPipeline redis;

    LiveStatus(RedisPipeline redis) {
        this.redis = redis;
    }

    /** What each service did in each minute of which there are reports, both ends included. */
    public SortedMap<Instant, Map<String, ServiceActivity>> minutes(Instant from, Instant to) {
        List<Instant> minutes = minutesOf(from, to);
        List<Response> hashes = hashes(minutes, RedisKeys::statusMinute);
        SortedMap<Instant, Map<String, ServiceActivity>> services = new TreeMap<>();
        for (int i = 0; i < minutes.size(); i++) {
            Map<String, ServiceActivity> minute =
                    KeptMinutes.services(RedisPipeline.hash(hashes.get(i)));
            if (!minute.isEmpty()) {
                services.put(minutes.get(i), minute);
            }
        }
        return services;
    }

    /** The requests of a tenant's agents in these minutes, both ends included. */
    public Map<RequestParty, RequestActivity> requests(TenantId tenant, Instant from, Instant to) {
        return KeptMinutes.requests(
                tenant,
                hashes(minutesOf(from, to), minute -> RedisKeys.statusRequests(tenant, minute))
                        .stream()
                        .map(RedisPipeline::hash)
                        .toList());
    }

    /** How many agents had a connection when they were last counted; empty if long ago. */
    public Optional<Long> trackedAgents(Instant now) {
        Request get = Request.cmd(Command.GET).arg(RedisKeys.STATUS_AGENTS);
        return Optional.ofNullable(redis.run(List.of(get)).getFirst())
                .map(count -> count.toString().split(" ", -1))
                .filter(count -> count.length == 2)
                .filter(count ->
                        Instant.ofEpochMilli(Long.parseLong(count[1]))
                                .plus(COUNT_LIFE)
                                .isAfter(now))
                .map(count -> Long.parseLong(count[0]));
    }

    private List<Response> hashes(List<Instant> minutes, Function<Instant, String> key) {
        return redis.run(
                minutes.stream()
                        .map(minute -> Request.cmd(Command.HGETALL).arg(key.apply(minute)))
                        .toList());
    }

    private static List<Instant> minutesOf(Instant from, Instant to) {
        Instant first = from.truncatedTo(ChronoUnit.MINUTES);
        return LongStream.rangeClosed(0, Duration.between(first, to).toMinutes())
                .mapToObj(minute -> first.plus(minute, ChronoUnit.MINUTES))
                .toList();
    }
}
