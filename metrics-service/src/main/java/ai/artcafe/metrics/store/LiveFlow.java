package ai.artcafe.metrics.store;

import ai.artcafe.metrics.telemetry.MetricNames;
import ai.artcafe.model.flow.ErrorSignal;
import ai.artcafe.model.flow.Flow;
import ai.artcafe.model.flow.FlowSketches;
import ai.artcafe.model.flow.FlowSpan;
import ai.artcafe.model.identity.Attribution;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.key.RedisKeys;
import ai.artcafe.model.usage.Traffic;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What the taps see, as the trackers keep it in Redis. All methods throw {@link
 * ai.artcafe.runtime.store.StoreAwayException} when Redis is away.
 */
@ApplicationScoped
public class LiveFlow {

    /** How long minutes are kept, and what agents published in them. */
    public static final Duration MINUTES_KEPT = Duration.ofHours(2);

    private static final int HASHES_A_MINUTE = 3;
    private static final String MESSAGES = "m:";
    private static final String BYTES = "b:";

    private final RedisPipeline redis;
    private final Counter unreadable;

    LiveFlow(RedisPipeline redis, MeterRegistry metrics) {
        this.redis = redis;
        this.unreadable = metrics.counter(MetricNames.UNREADABLE_FLOWS);
    }

    /** How far each tracker's tap is. Ask before reading what they saw: that is then as far. */
    public LiveTaps taps() {
        return redis.ask(askTaps());
    }

    static Asked<LiveTaps> askTaps() {
        return new Asked<>(
                List.of(hgetall(RedisKeys.FLOW_TRACKERS)),
                answers ->
                        new LiveTaps(
                                RedisPipeline.hash(answers.getFirst()).values().stream()
                                        .map(millis -> Instant.ofEpochMilli(Long.parseLong(millis)))
                                        .toList()));
    }

    /** What the taps saw in each second of the minutes between the two instants. */
    static Asked<RecentSeconds> askSeconds(TenantId tenant, Instant from, Instant to) {
        List<Instant> minutes = minutes(from, to).toList();
        return new Asked<>(
                minutes.stream()
                        .map(minute -> hgetall(RedisKeys.flowSeconds(tenant, minute)))
                        .toList(),
                answers -> seconds(minutes, answers));
    }

    private static RecentSeconds seconds(List<Instant> minutes, List<Response> answers) {
        Map<Long, Traffic> bySecond = new HashMap<>();
        for (int i = 0; i < minutes.size(); i++) {
            long minute = minutes.get(i).getEpochSecond();
            RedisPipeline.hash(answers.get(i))
                    .forEach((field, seen) -> {
                        long second = Long.parseLong(field, 0, field.indexOf('|'), 10);
                        int space = seen.indexOf(' ');
                        bySecond.merge(
                                minute + second,
                                new Traffic(
                                        Long.parseLong(seen, 0, space, 10),
                                        Long.parseLong(seen, space + 1, seen.length(), 10)),
                                Traffic::plus);
                    });
        }
        return new RecentSeconds(bySecond);
    }

    /** The minutes that have a part in the time between the two. */
    public static Stream<Instant> minutes(Instant from, Instant to) {
        return Stream.iterate(
                FlowSpan.MINUTE.start(from),
                minute -> minute.isBefore(to),
                minute -> FlowSpan.MINUTE.end(minute));
    }

    /** All that is told of each of the minutes, in their order. */
    public List<LiveMinute> minutes(TenantId tenant, List<Instant> minutes) {
        return redis.ask(askMinutes(tenant, minutes));
    }

    Asked<List<LiveMinute>> askMinutes(TenantId tenant, List<Instant> minutes) {
        List<Request> commands = new ArrayList<>();
        for (Instant minute : minutes) {
            commands.add(hgetall(RedisKeys.flowMinute(tenant, minute)));
            commands.add(hgetall(RedisKeys.flowAgents(tenant, minute)));
            commands.add(hgetall(RedisKeys.flowErrors(tenant, minute)));
        }
        return new Asked<>(commands, answers -> minutes(minutes, answers));
    }

    private List<LiveMinute> minutes(List<Instant> minutes, List<Response> answers) {
        List<LiveMinute> told = new ArrayList<>();
        for (int i = 0; i < minutes.size(); i++) {
            int at = i * HASHES_A_MINUTE;
            told.add(
                    minute(
                            minutes.get(i),
                            answers.get(at),
                            answers.get(at + 1),
                            answers.get(at + 2)));
        }
        return told;
    }

    private LiveMinute minute(Instant start, Response flows, Response agents, Response errors) {
        FlowSketches sketches = new FlowSketches();
        boolean isSeen = false;
        for (byte[] blob : RedisPipeline.bytes(flows)) {
            try {
                sketches.add(Flow.of(blob));
                isSeen = true;
            } catch (IllegalArgumentException _) {
                unreadable.increment();
            }
        }
        Map<Attribution, Traffic> published = agents(RedisPipeline.hash(agents));
        published.forEach((agent, traffic) -> sketches.add(agent, traffic.messages()));
        RedisPipeline.hash(errors)
                .forEach((signal, times) ->
                        ErrorSignal.parse(signal)
                                .filter(known -> known != ErrorSignal.SERVICE_ERROR)
                                .ifPresent(known -> sketches.add(known, Long.parseLong(times))));
        return new LiveMinute(start, isSeen, sketches, published);
    }

    private static Map<Attribution, Traffic> agents(Map<String, String> hash) {
        Map<Attribution, Traffic> agents = new HashMap<>();
        hash.forEach((field, value) -> {
            if (field.startsWith(MESSAGES) || field.startsWith(BYTES)) {
                long number = Long.parseLong(value);
                Attribution.parse(field.substring(MESSAGES.length()))
                        .ifPresent(agent ->
                                agents.merge(
                                        agent,
                                        field.startsWith(MESSAGES)
                                                ? new Traffic(number, 0)
                                                : new Traffic(0, number),
                                        Traffic::plus));
            }
        });
        return agents;
    }

    private static Request hgetall(String key) {
        return Request.cmd(Command.HGETALL).arg(key);
    }
}
