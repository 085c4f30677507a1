package ai.artcafe.metrics.presence;

import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.key.RedisKeys;
import ai.artcafe.model.key.Table;
import ai.artcafe.model.key.TenantKeys;
import ai.artcafe.model.key.UsageFields;
import ai.artcafe.model.key.UsageKeys;
import ai.artcafe.model.presence.PresenceChange;
import ai.artcafe.runtime.store.Item;
import io.quarkus.redis.datasource.RedisDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Writes what the trackers write of presence, where they write it. */
@ApplicationScoped
public class Attendance {

    private final RedisDataSource redis;
    private final DynamoDbClient dynamoDb;

    Attendance(RedisDataSource redis, DynamoDbClient dynamoDb) {
        this.redis = redis;
        this.dynamoDb = dynamoDb;
    }

    public void heardThrough(Instant at) {
        redis.hash(String.class)
                .hset(
                        RedisKeys.PRESENCE_HEARD,
                        Map.of("tracker-1", millis(at), RedisKeys.PRESENCE_HEARD_SINCE, "1"));
    }

    public void neverHeard() {
        redis.key().del(RedisKeys.PRESENCE_HEARD);
    }

    /**
     * @param presence as {@link ai.artcafe.model.presence.AgentPresence} is written
     */
    public void agent(TenantId tenant, AgentId agent, String presence) {
        redis.hash(String.class).hset(RedisKeys.presenceAgents(tenant), agent.value(), presence);
        redis.sortedSet(String.class).zadd(RedisKeys.presenceNames(tenant), 0, agent.value());
        redis.hash(String.class)
                .hincrby(
                        RedisKeys.presenceCounts(tenant),
                        presence.substring(0, presence.indexOf(' ')),
                        1);
    }

    public void details(TenantId tenant, AgentId agent, String version, String metrics) {
        redis.hash(String.class)
                .hset(
                        RedisKeys.presenceDetails(tenant),
                        Map.of("v:" + agent, version, "m:" + agent, metrics));
    }

    public void active(TenantId tenant, AgentId agent, Instant at) {
        redis.hash(String.class)
                .hset(RedisKeys.client(tenant, agent), UsageFields.LAST_ACTIVITY, millis(at));
    }

    public void changed(TenantId tenant, PresenceChange change) {
        redis.stream(String.class).xadd(RedisKeys.presenceChanges(tenant), change.fields());
    }

    public void written(TenantId tenant, PresenceChange change) {
        Map<String, AttributeValue> item =
                new HashMap<>(
                        Item.key(
                                Table.USAGE_METRICS,
                                UsageKeys.client(change.agent()),
                                UsageKeys.presence(change.at(), change.to())));
        change.fields().forEach((field, value) -> item.put(field, AttributeValue.fromS(value)));
        item.put(TenantKeys.TENANT_ID, AttributeValue.fromS(tenant.value()));
        dynamoDb.putItem(put -> put.tableName(Table.USAGE_METRICS.tableName()).item(item));
    }

    private static String millis(Instant at) {
        return Long.toString(at.toEpochMilli());
    }
}
