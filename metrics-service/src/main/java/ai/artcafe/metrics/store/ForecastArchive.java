package ai.artcafe.metrics.store;

import ai.artcafe.model.forecast.Forecast;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.key.Table;
import ai.artcafe.model.key.UsageKeys;
import ai.artcafe.runtime.store.Item;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;

/** The latest forecasts in DynamoDB. Throws the SDK's exceptions when DynamoDB is away. */
@ApplicationScoped
public class ForecastArchive {

    private final DynamoDbClient dynamoDb;
    private final ObjectMapper json;
    private final Clock clock;

    ForecastArchive(DynamoDbClient dynamoDb, ObjectMapper json, Clock clock) {
        this.dynamoDb = dynamoDb;
        this.json = json;
        this.clock = clock;
    }

    /** Empty when none was made in the last days. */
    public Optional<Forecast> latest(TenantId tenant) {
        GetItemResponse answer =
                dynamoDb.getItem(get ->
                        get.tableName(Table.USAGE_METRICS.tableName())
                                .key(
                                        Item.key(
                                                Table.USAGE_METRICS,
                                                UsageKeys.tenant(tenant),
                                                UsageKeys.FORECAST)));
        return answer.hasItem()
                ? Optional.of(new Item(answer.item()))
                        .filter(item -> !item.isExpired(clock.instant()))
                        .map(item -> read(item.requiredText(UsageKeys.FORECAST_JSON)))
                : Optional.empty();
    }

    private Forecast read(String text) {
        try {
            return json.readValue(text, Forecast.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("not a forecast", e);
        }
    }
}
