package ai.artcafe.tracker.flow.store;

import ai.artcafe.model.flow.ErrorSignal;
import ai.artcafe.model.flow.Flow;
import ai.artcafe.model.identity.Attribution;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.key.RedisKeys;
import ai.artcafe.model.usage.Traffic;
import ai.artcafe.tracker.flow.FlowShares;
import ai.artcafe.tracker.ledger.store.LedgerConfig;
import io.vertx.mutiny.redis.client.Command;
import io.vertx.mutiny.redis.client.Redis;
import io.vertx.mutiny.redis.client.Request;
import io.vertx.mutiny.redis.client.Response;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/** The minutes in Redis: {@link RedisKeys#flowMinute} and those beside it. */
@ApplicationScoped
public class RedisFlowShares implements FlowShares {

    private static final Logger LOG = Logger.getLogger(RedisFlowShares.class);
    private static final String MESSAGES = "m:";
    private static final String BYTES = "b:";

    private final FlowRedis redis;

    @Inject
    public RedisFlowShares(Redis redis, LedgerConfig config) {
        this.redis = new FlowRedis(redis, config.timeout());
    }

    @Override
    public Shares minute(TenantId tenant, Instant minute) {
        List<Response> answers =
                redis.batch(
                        List.of(
                                hgetall(RedisKeys.flowMinute(tenant, minute)),
                                hgetall(RedisKeys.flowAgents(tenant, minute)),
                                hgetall(RedisKeys.flowErrors(tenant, minute))));
        List<Flow> flows = new ArrayList<>();
        Map<String, Response> told = FlowRedis.hash(answers.get(0));
        told.forEach((tracker, blob) -> {
            try {
                flows.add(Flow.of(blob.toBuffer().getBytes()));
            } catch (IllegalArgumentException e) {
                LOG.errorf(
                        e,
                        "A tracker's share is not readable: tracker=%s tenant=%s minute=%s",
                        tracker,
                        tenant,
                        minute);
            }
        });
        return new Shares(
                flows,
                told.size() - flows.size(),
                agents(FlowRedis.hash(answers.get(1))),
                errors(FlowRedis.hash(answers.get(2))));
    }

    private static Map<Attribution, Traffic> agents(Map<String, Response> hash) {
        Map<Attribution, Traffic> agents = new HashMap<>();
        hash.forEach((field, value) -> {
            if (field.startsWith(MESSAGES) || field.startsWith(BYTES)) {
                Attribution.parse(field.substring(MESSAGES.length()))
                        .ifPresent(agent ->
                                agents.merge(
                                        agent,
                                        field.startsWith(MESSAGES)
                                                ? new Traffic(value.toLong(), 0)
                                                : new Traffic(0, value.toLong()),
                                        Traffic::plus));
            }
        });
        return agents;
    }

    /** What is told of single agents is among the totals; service errors are the taps' to count. */
    private static Map<ErrorSignal, Long> errors(Map<String, Response> hash) {
        Map<ErrorSignal, Long> errors = new EnumMap<>(ErrorSignal.class);
        hash.forEach((field, value) ->
                ErrorSignal.parse(field)
                        .filter(signal -> signal != ErrorSignal.SERVICE_ERROR)
                        .ifPresent(signal -> errors.put(signal, value.toLong())));
        return errors;
    }

    @Override
    public Optional<Instant> toldThrough() {
        return FlowRedis.hash(redis.send(hgetall(RedisKeys.FLOW_TRACKERS))).values().stream()
                .map(millis -> Instant.ofEpochMilli(millis.toLong()))
                .max(Instant::compareTo);
    }

    private static Request hgetall(String key) {
        return Request.cmd(Command.HGETALL).arg(key);
    }
}
