package ai.artcafe.tracker.forecast.store;

import ai.artcafe.model.forecast.Forecast;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.key.RedisKeys;
import ai.artcafe.model.key.Table;
import ai.artcafe.model.key.TenantKeys;
import ai.artcafe.model.key.UsageKeys;
import ai.artcafe.runtime.store.Item;
import ai.artcafe.runtime.store.StoreAwayException;
import ai.artcafe.runtime.store.StoreOutages;
import ai.artcafe.tracker.forecast.ForecastStore;
import ai.artcafe.tracker.ledger.store.LedgerConfig;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.mutiny.redis.client.Command;
import io.vertx.mutiny.redis.client.Redis;
import io.vertx.mutiny.redis.client.Request;
import io.vertx.mutiny.redis.client.Response;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The latest forecasts: in Redis for three hours, in DynamoDB for two days. */
@ApplicationScoped
public class KeptForecasts implements ForecastStore {

    private static final Duration LIFE_LIVE = Duration.ofHours(3);
    private static final Duration LIFE = Duration.ofDays(2);

    private final Redis redis;
    private final DynamoDbClient dynamoDb;
    private final ObjectMapper json;
    private final Duration timeout;

    @Inject
    public KeptForecasts(
            Redis redis, DynamoDbClient dynamoDb, ObjectMapper json, LedgerConfig config) {
        this.redis = redis;
        this.dynamoDb = dynamoDb;
        this.json = json;
        this.timeout = config.timeout();
    }

    @Override
    public Optional<Instant> madeAt(TenantId tenant) {
        return Optional.ofNullable(send(Request.cmd(Command.GET).arg(RedisKeys.forecast(tenant))))
                .flatMap(text -> read(text.toString()))
                .map(Forecast::madeAt);
    }

    /** What is not understood is made anew. */
    private Optional<Forecast> read(String text) {
        try {
            return Optional.of(json.readValue(text, Forecast.class));
        } catch (JsonProcessingException _) {
            return Optional.empty();
        }
    }

    @Override
    public void keep(TenantId tenant, Forecast forecast) {
        String text = write(forecast);
        Map<String, AttributeValue> item =
                new HashMap<>(
                        Item.key(
                                Table.USAGE_METRICS, UsageKeys.tenant(tenant), UsageKeys.FORECAST));
        item.put(TenantKeys.TENANT_ID, AttributeValue.fromS(tenant.value()));
        item.put(UsageKeys.FORECAST_JSON, AttributeValue.fromS(text));
        item.put(
                Table.TTL,
                AttributeValue.fromN(Long.toString(forecast.madeAt().plus(LIFE).getEpochSecond())));
        try {
            dynamoDb.putItem(put -> put.tableName(Table.USAGE_METRICS.tableName()).item(item));
        } catch (SdkException e) {
            throw StoreOutages.storeAway(e)
                    .<RuntimeException>map(store -> new StoreAwayException(store, e))
                    .orElse(e);
        }
        send(
                Request.cmd(Command.SET)
                        .arg(RedisKeys.forecast(tenant))
                        .arg(text)
                        .arg("EX")
                        .arg(Long.toString(LIFE_LIVE.toSeconds())));
    }

    private String write(Forecast forecast) {
        try {
            return json.writeValueAsString(forecast);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private @Nullable Response send(Request request) {
        try {
            return redis.send(request).await().atMost(timeout);
        } catch (RuntimeException e) {
            throw new StoreAwayException(StoreOutages.REDIS, e);
        }
    }
}
