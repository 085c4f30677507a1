package ai.artcafe.metrics.store;

import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.key.RedisKeys;
import ai.artcafe.model.usage.Adjustment;
import ai.artcafe.model.usage.Gap;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the reconciliation has said and booked in the last days, as the tracker keeps it in Redis.
 * All methods throw {@link ai.artcafe.runtime.store.StoreAwayException} when Redis is away.
 */
@ApplicationScoped
public class LiveWitnesses {

    /** More are not read at once. */
    private static final long RECORDS_AT_MOST = 5_000;

    private final RedisPipeline redis;
    private final ObjectMapper json;

    LiveWitnesses(RedisPipeline redis, ObjectMapper json) {
        this.redis = redis;
        this.json = json;
    }

    /** What the witnesses said on each of the days, by the day's first instant. */
    public Map<Instant, Reconciled> days(TenantId tenant, List<Instant> days) {
        List<Response> answers =
                redis.run(
                        days.stream()
                                .map(day ->
                                        Request.cmd(Command.HGETALL)
                                                .arg(RedisKeys.reconciledDay(tenant, day)))
                                .toList());
        Map<Instant, Reconciled> said = new HashMap<>();
        for (int i = 0; i < answers.size(); i++) {
            Reconciled day = Reconciled.read(RedisPipeline.hash(answers.get(i)));
            if (day.isKnown()) {
                said.put(days.get(i), day);
            }
        }
        return said;
    }

    /** The adjustments of the last days, in no order; empty when they are very many. */
    public Optional<List<Adjustment>> adjustments(TenantId tenant) {
        return records(RedisKeys.adjustments(tenant), Adjustment.class);
    }

    /** The gaps of the last days, in no order; empty when they are very many. */
    public Optional<List<Gap>> gaps(TenantId tenant) {
        return records(RedisKeys.gaps(tenant), Gap.class);
    }

    private <T> Optional<List<T>> records(String key, Class<T> type) {
        long size = redis.run(List.of(Request.cmd(Command.HLEN).arg(key))).getFirst().toLong();
        if (size > RECORDS_AT_MOST) {
            return Optional.empty();
        }
        Response answer = redis.run(List.of(Request.cmd(Command.HVALS).arg(key))).getFirst();
        return Optional.of(
                RedisPipeline.texts(answer).stream().map(text -> read(text, type)).toList());
    }

    private <T> T read(String text, Class<T> type) {
        try {
            return json.readValue(text, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("not a record of " + type.getSimpleName(), e);
        }
    }
}
