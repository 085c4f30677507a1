package ai.artcafe.gateway.connection.store;

import ai.artcafe.gateway.GatewayIdentity;
import ai.artcafe.model.key.Table;
import ai.artcafe.runtime.store.Item;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;

/**
 * Which gateways run, under {@code @gateways} beside the sockets they have. Every method blocks.
 */
@ApplicationScoped
public class GatewayRuns {

    private static final String TABLE = ConnectionStore.TABLE;
    private static final String ALL = "@gateways";
    private static final String CONNECTION_ID = "connection_id";
    private static final String SEEN_AT = "seen_at";
    private static final String GONE = "gone";
    private static final Duration LIFE = Duration.ofDays(7);

    private final DynamoDbClient dynamoDb;
    private final String own;
    private final Clock clock;

    GatewayRuns(DynamoDbClient dynamoDb, GatewayIdentity gateway, Clock clock) {
        this.dynamoDb = dynamoDb;
        this.own = gateway.run();
        this.clock = clock;
    }

    /**
     * This gateway is there.
     *
     * @return whether others took it for gone meanwhile, and removed its records
     */
    public boolean beat() {
        Instant now = clock.instant();
        return dynamoDb.updateItem(update ->
                        update.tableName(TABLE)
                                .key(key(own))
                                .updateExpression("SET #seen = :now, #ttl = :ttl REMOVE #gone")
                                .expressionAttributeNames(
                                        Map.of("#seen", SEEN_AT, "#ttl", Table.TTL, "#gone", GONE))
                                .expressionAttributeValues(
                                        Map.of(
                                                ":now",
                                                number(now.toEpochMilli()),
                                                ":ttl",
                                                number(now.plus(LIFE).getEpochSecond())))
                                .returnValues(ReturnValue.ALL_OLD))
                .attributes()
                .containsKey(GONE);
    }

    /** All runs that have not been removed, and when each was last seen. */
    public Map<String, Instant> all() {
        return dynamoDb
                .queryPaginator(query ->
                        query.tableName(TABLE)
                                .keyConditionExpression("tenant_id = :all")
                                .expressionAttributeValues(
                                        Map.of(":all", AttributeValue.fromS(ALL)))
                                .consistentRead(true))
                .items()
                .stream()
                .map(Item::new)
                .collect(
                        Collectors.toMap(
                                item -> item.requiredText(CONNECTION_ID),
                                item -> Instant.ofEpochMilli(item.number(SEEN_AT))));
    }

    /** Takes a run that was last seen then for gone; false when it has been seen since. */
    public boolean bury(String run, Instant seenAt) {
        try {
            dynamoDb.updateItem(update ->
                    update.tableName(TABLE)
                            .key(key(run))
                            .conditionExpression("#seen = :seen")
                            .updateExpression("SET #gone = :yes")
                            .expressionAttributeNames(Map.of("#seen", SEEN_AT, "#gone", GONE))
                            .expressionAttributeValues(
                                    Map.of(
                                            ":seen",
                                            number(seenAt.toEpochMilli()),
                                            ":yes",
                                            AttributeValue.fromBool(true))));
            return true;
        } catch (ConditionalCheckFailedException _) {
            return false;
        }
    }

    /** Nothing is left of a run that is gone. */
    public void remove(String run, Instant seenAt) {
        try {
            dynamoDb.deleteItem(delete ->
                    delete.tableName(TABLE)
                            .key(key(run))
                            .conditionExpression("#seen = :seen")
                            .expressionAttributeNames(Map.of("#seen", SEEN_AT))
                            .expressionAttributeValues(
                                    Map.of(":seen", number(seenAt.toEpochMilli()))));
        } catch (ConditionalCheckFailedException _) {
            // it is there after all, or another has removed it
        }
    }

    /** This gateway has gone, and left nothing. */
    public void leave() {
        dynamoDb.deleteItem(delete -> delete.tableName(TABLE).key(key(own)));
    }

    private static Map<String, AttributeValue> key(String run) {
        return Item.key(Table.WEBSOCKET_CONNECTIONS, ALL, run);
    }

    private static AttributeValue number(long value) {
        return AttributeValue.fromN(Long.toString(value));
    }
}
