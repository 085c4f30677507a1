package ai.artcafe.gateway.reading.store;

import ai.artcafe.model.key.Table;
import ai.artcafe.model.key.UsageKeys;
import ai.artcafe.model.usage.GatewayReadings;
import ai.artcafe.runtime.store.Item;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Where a gateway that has to end leaves what no tracker has acknowledged: in DynamoDB, where the
 * trackers look. Counters are cumulative, so nothing is counted twice if one did apply them.
 */
@ApplicationScoped
public class ParkedReadings {

    /** A tracker that comes later than this takes them for older than what it remembers. */
    private static final Duration LIFE = Duration.ofDays(30);

    private final DynamoDbClient dynamoDb;
    private final ObjectMapper json;
    private final Clock clock;

    ParkedReadings(DynamoDbClient dynamoDb, ObjectMapper json, Clock clock) {
        this.dynamoDb = dynamoDb;
        this.json = json;
        this.clock = clock;
    }

    /** Writes the parts in their order; throws the SDK's exceptions when DynamoDB is away. */
    public void write(List<GatewayReadings> parts) {
        long expires = clock.instant().plus(LIFE).getEpochSecond();
        for (int i = 0; i < parts.size(); i++) {
            GatewayReadings part = parts.get(i);
            Map<String, AttributeValue> item =
                    new HashMap<>(
                            Item.key(
                                    Table.USAGE_METRICS,
                                    UsageKeys.PARKED,
                                    UsageKeys.parked(part.source(), i)));
            item.put(UsageKeys.PARKED_BATCH, AttributeValue.fromS(text(part)));
            item.put(Table.TTL, AttributeValue.fromN(Long.toString(expires)));
            dynamoDb.putItem(put -> put.tableName(Table.USAGE_METRICS.tableName()).item(item));
        }
    }

    private String text(GatewayReadings part) {
        try {
            return json.writeValueAsString(part);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("readings cannot be written as JSON", e);
        }
    }
}
