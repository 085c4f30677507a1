package ai.artcafe.tracker.reading;

import static org.assertj.core.api.Assertions.assertThat;

import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.key.Table;
import ai.artcafe.model.key.UsageKeys;
import ai.artcafe.model.usage.Counters;
import ai.artcafe.model.usage.GatewayReadings;
import ai.artcafe.model.usage.Traffic;
import ai.artcafe.runtime.store.Item;
import ai.artcafe.stack.Backing;
import ai.artcafe.stack.LocalStack;
import ai.artcafe.tracker.TestStores;
import ai.artcafe.tracker.TrackerStack;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What a gateway has left in DynamoDB because no tracker was there. */
@QuarkusTest
@QuarkusTestResource(TrackerStack.class)
class ParkedFeedIT {

    private static final long EPOCH = 42;

    private final TestStores stores =
            new TestStores(
                    LocalStack.shared(Backing.NATS, Backing.REDIS, Backing.DYNAMODB), Map.of());
    private final TenantId tenant = new TenantId("t-" + UUID.randomUUID());
    private final AgentId agent = new AgentId("a-" + UUID.randomUUID());
    private final String gateway = "gw-" + UUID.randomUUID().toString().substring(0, 8);
    private final Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);

    @Inject ParkedFeed feed;
    @Inject GatewayFeed bus;
    @Inject DynamoDbClient dynamoDb;
    @Inject ObjectMapper json;

    @BeforeEach
    void awaitTheTracker() {
        stores.redis().awaitRestored();
    }

    @AfterEach
    void close() {
        stores.close();
    }

    @Test
    void is_applied_and_deleted() throws Exception {
        park(0, batch(false, "c1", 5));
        park(1, batch(true, "c2", 7));

        feed.run();

        assertThat(stores.redis().totals(tenant, agent).published())
                .isEqualTo(new Traffic(12, 120));
        assertThat(stores.redis().open(tenant, agent)).isZero();
        assertThat(stores.ledger().sources()).doesNotContainKey("g:" + gateway + "." + EPOCH);
        assertThat(stores.tables().items(UsageKeys.PARKED)).isEmpty();
    }

    @Test
    void is_not_counted_twice_whatever_had_arrived_before() throws Exception {
        GatewayReadings last = batch(true, "c1", 5);
        bus.take(List.of(json.writeValueAsBytes(batch(false, "c1", 3))));
        bus.take(List.of(json.writeValueAsBytes(last)));
        park(0, last);
        feed.run();
        park(0, last);
        feed.run();

        assertThat(stores.redis().totals(tenant, agent).published()).isEqualTo(new Traffic(5, 50));
        assertThat(stores.redis().totals(tenant, agent).connections()).isEqualTo(1);
    }

    @Test
    void adds_what_the_last_acknowledged_reading_had_not() throws Exception {
        bus.take(List.of(json.writeValueAsBytes(batch(false, "c1", 3))));
        park(0, batch(true, "c1", 5));
        feed.run();

        assertThat(stores.redis().totals(tenant, agent).published()).isEqualTo(new Traffic(5, 50));
    }

    private GatewayReadings batch(boolean closing, String connection, long messages) {
        return new GatewayReadings(
                gateway,
                EPOCH,
                now,
                closing,
                List.of(
                        new GatewayReadings.Socket(
                                connection,
                                tenant,
                                agent,
                                now.minusSeconds(10),
                                Counters.of(messages, messages * 10, 0, 0),
                                closing || connection.equals("c1") && messages == 5)));
    }

    private void park(int part, GatewayReadings batch) throws JsonProcessingException {
        Map<String, AttributeValue> item =
                new HashMap<>(
                        Item.key(
                                Table.USAGE_METRICS,
                                UsageKeys.PARKED,
                                UsageKeys.parked(batch.source(), part)));
        item.put(UsageKeys.PARKED_BATCH, AttributeValue.fromS(json.writeValueAsString(batch)));
        dynamoDb.putItem(put -> put.tableName(Table.USAGE_METRICS.tableName()).item(item));
    }
}
