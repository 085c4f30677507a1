package ai.artcafe.metrics.store;

import ai.artcafe.model.anomaly.AnomalyState;
import ai.artcafe.model.forecast.Forecast;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.key.RedisKeys;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;

/**
 * What the tracker makes of a tenant's traffic, in Redis. All methods throw {@link
 * ai.artcafe.runtime.store.StoreAwayException} when Redis is away.
 */
@ApplicationScoped
public class LiveInsights {

    private final RedisPipeline redis;
    private final ObjectMapper json;

    LiveInsights(RedisPipeline redis, ObjectMapper json) {
        this.redis = redis;
        this.json = json;
    }

    /** Empty when nobody has looked for anomalies of the tenant in the last minutes. */
    public Optional<AnomalyState> anomalies(TenantId tenant) {
        return redis.ask(askAnomalies(tenant));
    }

    /** Empty when none was made in the last hours. */
    public Optional<Forecast> forecast(TenantId tenant) {
        return redis.ask(askForecast(tenant));
    }

    Asked<Optional<AnomalyState>> askAnomalies(TenantId tenant) {
        return asked(RedisKeys.anomalyState(tenant), AnomalyState.class);
    }

    Asked<Optional<Forecast>> askForecast(TenantId tenant) {
        return asked(RedisKeys.forecast(tenant), Forecast.class);
    }

    private <T> Asked<Optional<T>> asked(String key, Class<T> type) {
        return new Asked<>(
                List.of(Request.cmd(Command.GET).arg(key)),
                answers ->
                        Optional.ofNullable(answers.getFirst())
                                .map(text -> read(text.toString(), type, key)));
    }

    private <T> T read(String text, Class<T> type, String key) {
        try {
            return json.readValue(text, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("not a " + type.getSimpleName() + ": " + key, e);
        }
    }
}
