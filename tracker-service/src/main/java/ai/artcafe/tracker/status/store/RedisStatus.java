package ai.artcafe.tracker.status.store;

import ai.artcafe.model.flow.FlowSpan;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.key.RedisKeys;
import ai.artcafe.runtime.status.KeptMinutes;
import ai.artcafe.runtime.status.RequestActivity;
import ai.artcafe.runtime.status.RequestParty;
import ai.artcafe.runtime.status.ServiceActivity;
import ai.artcafe.runtime.store.RedisAnswers;
import ai.artcafe.runtime.store.StoreAwayException;
import ai.artcafe.tracker.status.DueHour;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Reads the minutes that services have reported. All methods throw {@link StoreAwayException} when
 * Redis is away.
 */
@ApplicationScoped
public class RedisStatus {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration AGENTS_LIFE = Duration.ofMinutes(5);

    /** Fewer than may wait for a connection. */
    private static final int AT_ONCE = 16;

    /** Not if it has become due anew. */
    private static final String DONE =
            """
            if redis.call('ZSCORE', KEYS[1], ARGV[1]) == ARGV[2] then
              return redis.call('ZREM', KEYS[1], ARGV[1])
            end
            return 0
            """;

    private final Redis redis;
    private final Clock clock;

    public RedisStatus(Redis redis, Clock clock) {
        this.redis = redis;
        this.clock = clock;
    }

    /** The hours that are due, the longest first. */
    public List<DueHour> due(Instant now, int most) {
        Response answer =
                call(
                        Request.cmd(Command.ZRANGE)
                                .arg(RedisKeys.STATUS_DUE)
                                .arg("-inf")
                                .arg(now.toEpochMilli())
                                .arg("BYSCORE")
                                .arg("LIMIT")
                                .arg(0)
                                .arg(most));
        List<DueHour> due = new ArrayList<>();
        for (Response member : answer) {
            String text = member.toString();
            Optional.ofNullable(
                            call(Request.cmd(Command.ZSCORE).arg(RedisKeys.STATUS_DUE).arg(text)))
                    .flatMap(score -> DueHour.parse(text, score(score)))
                    .ifPresentOrElse(
                            due::add,
                            () ->
                                    call(
                                            Request.cmd(Command.ZREM)
                                                    .arg(RedisKeys.STATUS_DUE)
                                                    .arg(text)));
        }
        return due;
    }

    /** The hour is written; if it has changed meanwhile it stays due. */
    public void done(DueHour due) {
        call(
                Request.cmd(Command.EVAL)
                        .arg(DONE)
                        .arg(1)
                        .arg(RedisKeys.STATUS_DUE)
                        .arg(due.member())
                        .arg(due.score()));
    }

    /** What the services did in each minute of an hour of which there are reports. */
    public SortedMap<Instant, Map<String, ServiceActivity>> minutes(Instant hour) {
        List<Instant> minutes = minutesOf(hour);
        List<Response> hashes =
                batch(
                        minutes.stream()
                                .map(minute -> hgetall(RedisKeys.statusMinute(minute)))
                                .toList());
        SortedMap<Instant, Map<String, ServiceActivity>> services = new TreeMap<>();
        for (int i = 0; i < minutes.size(); i++) {
            Map<String, ServiceActivity> minute = KeptMinutes.services(hash(hashes.get(i)));
            if (!minute.isEmpty()) {
                services.put(minutes.get(i), minute);
            }
        }
        return services;
    }

    /** The requests of a tenant's agents in an hour. */
    public Map<RequestParty, RequestActivity> requests(TenantId tenant, Instant hour) {
        return KeptMinutes.requests(
                tenant,
                batch(
                                minutesOf(hour).stream()
                                        .map(minute ->
                                                hgetall(RedisKeys.statusRequests(tenant, minute)))
                                        .toList())
                        .stream()
                        .map(RedisStatus::hash)
                        .toList());
    }

    /** Counts the agents with a connection, of all tenants, and keeps the number. */
    public void countAgents() {
        List<String> tenants = new ArrayList<>();
        call(Request.cmd(Command.HKEYS).arg(RedisKeys.GLOBAL_TENANTS))
                .forEach(tenant -> tenants.add(tenant.toString()));
        long agents =
                callAll(
                                tenants.stream()
                                        .flatMap(tenant -> TenantId.parse(tenant).stream())
                                        .map(tenant ->
                                                Request.cmd(Command.HLEN)
                                                        .arg(RedisKeys.openConnections(tenant)))
                                        .toList())
                        .stream()
                        .mapToLong(Response::toLong)
                        .sum();
        call(
                Request.cmd(Command.SET)
                        .arg(RedisKeys.STATUS_AGENTS)
                        .arg(agents + " " + clock.millis())
                        .arg("PX")
                        .arg(AGENTS_LIFE.toMillis()));
    }

    private static List<Instant> minutesOf(Instant hour) {
        Instant start = FlowSpan.HOUR.start(hour);
        return LongStream.range(0, 60)
                .mapToObj(minute -> start.plus(minute, ChronoUnit.MINUTES))
                .toList();
    }

    private static Request hgetall(String key) {
        return Request.cmd(Command.HGETALL).arg(key);
    }

    /** In one go: their keys are on one node. */
    private List<Response> batch(List<Request> requests) {
        return RedisAnswers.await(redis.batch(requests).toCompletionStage(), PATIENCE);
    }

    /** One by one, as their keys may be on several nodes; so many at once. */
    private List<Response> callAll(List<Request> requests) {
        List<Response> answers = new ArrayList<>(requests.size());
        for (int from = 0; from < requests.size(); from += AT_ONCE) {
            Stream<Request> some = requests.subList(from, requests.size()).stream().limit(AT_ONCE);
            some.map(redis::send)
                    .map(answer -> answer.toCompletionStage().toCompletableFuture())
                    .toList()
                    .forEach(answer -> answers.add(RedisAnswers.await(answer, PATIENCE)));
        }
        return answers;
    }

    private Response call(Request request) {
        return RedisAnswers.await(redis.send(request).toCompletionStage(), PATIENCE);
    }

    /** As a script sees it, in either protocol version. */
    private static String score(Response score) {
        return Long.toString((long) Double.parseDouble(score.toString()));
    }

    private static Map<String, String> hash(Response response) {
        Map<String, String> hash = new HashMap<>();
        if (!response.isArray()) {
            response.getKeys().forEach(key -> hash.put(key, response.get(key).toString()));
            return hash;
        }
        for (int i = 0; i + 1 < response.size(); i += 2) {
            hash.put(response.get(i).toString(), response.get(i + 1).toString());
        }
        return hash;
    }
}
