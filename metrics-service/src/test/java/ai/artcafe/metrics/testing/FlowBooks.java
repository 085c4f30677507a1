package ai.artcafe.metrics.testing;

import ai.artcafe.model.flow.ErrorSignal;
import ai.artcafe.model.flow.Flow;
import ai.artcafe.model.flow.FlowSketches;
import ai.artcafe.model.flow.FlowSpan;
import ai.artcafe.model.identity.Attribution;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.key.FlowFields;
import ai.artcafe.model.key.RedisKeys;
import ai.artcafe.model.key.Table;
import ai.artcafe.model.key.UsageFields;
import ai.artcafe.model.key.UsageKeys;
import ai.artcafe.model.usage.Traffic;
import ai.artcafe.runtime.store.Item;
import io.quarkus.redis.datasource.RedisDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Writes what the trackers' taps and rollups write, where they write it. */
@ApplicationScoped
public class FlowBooks {

    private final RedisDataSource redis;
    private final DynamoDbClient dynamoDb;

    FlowBooks(RedisDataSource redis, DynamoDbClient dynamoDb) {
        this.redis = redis;
        this.dynamoDb = dynamoDb;
    }

    /** A flow with so many messages of 200 bytes on one subject and channel, all so late. */
    public static Flow flow(long messages, String channel, double latency) {
        Flow flow = new Flow();
        flow.count(messages, 200 * messages);
        flow.countInspected(messages);
        flow.sizes().add(200, messages);
        flow.latency().add(latency, messages);
        flow.subjects().add("channel." + channel, messages);
        flow.channels().add(channel, messages);
        flow.distinctSubjects().add("channel." + channel);
        return flow;
    }

    public void told(String tracker, Instant through) {
        redis.hash(String.class)
                .hset(RedisKeys.FLOW_TRACKERS, tracker, Long.toString(through.toEpochMilli()));
    }

    public void noTap() {
        redis.key().del(RedisKeys.FLOW_TRACKERS);
    }

    public void second(TenantId tenant, String tracker, Instant at, Traffic seen) {
        redis.hash(String.class)
                .hset(
                        RedisKeys.flowSeconds(tenant, at),
                        at.getEpochSecond() % 60 + "|" + tracker,
                        seen.messages() + " " + seen.bytes());
    }

    public void minute(TenantId tenant, String tracker, Instant at, Flow flow) {
        bytes(tenant, tracker, at, flow.toBytes());
    }

    public void bytes(TenantId tenant, String tracker, Instant at, byte[] bytes) {
        redis.hash(String.class, String.class, byte[].class)
                .hset(RedisKeys.flowMinute(tenant, at), tracker, bytes);
    }

    public void published(TenantId tenant, Instant at, Attribution agent, Traffic sent) {
        redis.hash(String.class)
                .hset(
                        RedisKeys.flowAgents(tenant, at),
                        Map.of(
                                "m:" + agent,
                                Long.toString(sent.messages()),
                                "b:" + agent,
                                Long.toString(sent.bytes())));
    }

    public void error(TenantId tenant, Instant at, ErrorSignal signal, long times) {
        redis.hash(String.class)
                .hset(RedisKeys.flowErrors(tenant, at), signal.id(), Long.toString(times));
    }

    public void rolledUp(TenantId tenant, FlowSpan span, Instant start, FlowSketches sketches) {
        Map<String, AttributeValue> numbers =
                new HashMap<>(key(UsageKeys.tenant(tenant), UsageKeys.flow(span, start)));
        FlowFields.write(sketches.point(start))
                .forEach((name, value) -> numbers.put(name, AttributeValue.fromN(value)));
        AttributeValue progress = AttributeValue.fromN(Long.toString(sketches.progress()));
        numbers.put(UsageFields.PROGRESS, progress);
        put(numbers);
        Map<String, AttributeValue> bytes =
                new HashMap<>(key(UsageKeys.tenant(tenant), UsageKeys.flowSketches(span, start)));
        bytes.put(
                FlowFields.SKETCHES,
                AttributeValue.fromB(SdkBytes.fromByteArray(sketches.toBytes())));
        bytes.put(UsageFields.PROGRESS, progress);
        put(bytes);
    }

    public void listened(Instant since, Instant through) {
        Map<String, AttributeValue> item = new HashMap<>(key(UsageKeys.PLATFORM, UsageKeys.TAPPED));
        item.put("since", AttributeValue.fromS(since.toString()));
        item.put("through", AttributeValue.fromS(through.toString()));
        put(item);
    }

    public void outage(Instant from, Instant to) {
        Map<String, AttributeValue> item =
                new HashMap<>(key(UsageKeys.PLATFORM, UsageKeys.untapped(to)));
        item.put("from", AttributeValue.fromS(from.toString()));
        item.put("to", AttributeValue.fromS(to.toString()));
        put(item);
    }

    private static Map<String, AttributeValue> key(String partition, String sort) {
        return Item.key(Table.USAGE_METRICS, partition, sort);
    }

    private void put(Map<String, AttributeValue> item) {
        dynamoDb.putItem(put -> put.tableName(Table.USAGE_METRICS.tableName()).item(item));
    }
}
