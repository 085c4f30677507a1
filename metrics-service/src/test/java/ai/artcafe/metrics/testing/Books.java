package ai.artcafe.metrics.testing;

import ai.artcafe.metrics.store.Slice;
import ai.artcafe.metrics.store.UsageOwner;
import ai.artcafe.model.anomaly.Anomaly;
import ai.artcafe.model.anomaly.AnomalyState;
import ai.artcafe.model.forecast.Forecast;
import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.Attribution;
import ai.artcafe.model.identity.Slot;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.key.AgentKeys;
import ai.artcafe.model.key.AnomalyFields;
import ai.artcafe.model.key.RedisKeys;
import ai.artcafe.model.key.Table;
import ai.artcafe.model.key.TenantKeys;
import ai.artcafe.model.key.UsageFields;
import ai.artcafe.model.key.UsageKeys;
import ai.artcafe.model.plan.Plan;
import ai.artcafe.model.usage.Adjustment;
import ai.artcafe.model.usage.ConnectionKey;
import ai.artcafe.model.usage.Gap;
import ai.artcafe.model.usage.Traffic;
import ai.artcafe.model.usage.UsageTotals;
import ai.artcafe.runtime.store.Item;
import ai.artcafe.runtime.store.TenantRecord;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.redis.datasource.RedisDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** Writes what gateway and tracker write, where they write it. */
@ApplicationScoped
public class Books {

    private static final int ITEMS_AT_ONCE = 25;

    private final RedisDataSource redis;
    private final DynamoDbClient dynamoDb;
    private final ObjectMapper json;

    Books(RedisDataSource redis, DynamoDbClient dynamoDb, ObjectMapper json) {
        this.redis = redis;
        this.dynamoDb = dynamoDb;
        this.json = json;
    }

    /** So many published and twice as many delivered messages of 100 bytes, one control message. */
    public static UsageTotals totals(long published) {
        return new UsageTotals(
                new Traffic(published, published * 100),
                new Traffic(2 * published, 2 * published * 100),
                new Traffic(1, 50),
                1);
    }

    public void tenant(TenantId tenant, Plan plan) {
        TenantRecord tenantRecord =
                new TenantRecord(tenant, "Tenant " + tenant, plan, Slot.number(1), TestClock.NOW);
        dynamoDb.putItem(request ->
                request.tableName(Table.TENANTS.tableName()).item(tenantRecord.toItem()));
    }

    /** One that was deleted, as the gateway leaves it. */
    public void deletedTenant(TenantId tenant, Plan plan) {
        Map<String, AttributeValue> item =
                new HashMap<>(
                        new TenantRecord(
                                        tenant,
                                        "Tenant " + tenant,
                                        plan,
                                        Slot.number(1),
                                        TestClock.NOW)
                                .toItem());
        item.put(TenantKeys.DELETED_AT, AttributeValue.fromS(TestClock.NOW.toString()));
        dynamoDb.putItem(request -> request.tableName(Table.TENANTS.tableName()).item(item));
    }

    public void noTenant(TenantId tenant) {
        dynamoDb.deleteItem(request ->
                request.tableName(Table.TENANTS.tableName())
                        .key(
                                Item.key(
                                        Table.TENANTS,
                                        TenantKeys.tenant(tenant),
                                        TenantKeys.RECORD)));
    }

    public void agent(TenantId tenant, AgentId agent) {
        dynamoDb.putItem(request ->
                request.tableName(Table.AGENTS.tableName())
                        .item(
                                Item.key(
                                        Table.AGENTS,
                                        AgentKeys.tenant(tenant),
                                        AgentKeys.agent(agent))));
    }

    public void noAgent(TenantId tenant, AgentId agent) {
        dynamoDb.deleteItem(request ->
                request.tableName(Table.AGENTS.tableName())
                        .key(
                                Item.key(
                                        Table.AGENTS,
                                        AgentKeys.tenant(tenant),
                                        AgentKeys.agent(agent))));
    }

    public void readThrough(String source, Instant at) {
        redis.hash(String.class).hset(RedisKeys.SOURCES, source, Long.toString(at.toEpochMilli()));
    }

    /**
     * Returns when Redis has written all of it to its log: it writes late while the disk is busy.
     */
    public void awaitWritten() {
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() ->
                        redis.execute("INFO", "persistence")
                                .toString()
                                .contains("aof_buffer_length:0\r"));
    }

    /** How often anyone has: once for each live picture. */
    public long lookedForOpenConnections() {
        Matcher calls =
                Pattern.compile("cmdstat_hlen:calls=([0-9]+)")
                        .matcher(redis.execute("INFO", "commandstats").toString());
        return calls.find() ? Long.parseLong(calls.group(1)) : 0;
    }

    public void nothingRead() {
        redis.key().del(RedisKeys.SOURCES);
    }

    public void live(UsageOwner owner, Slice slice, UsageTotals totals, long progress) {
        Map<String, String> hash = new HashMap<>();
        UsageFields.write(totals).forEach((field, value) -> hash.put(field, value.toString()));
        hash.put(UsageFields.PROGRESS, Long.toString(progress));
        redis.hash(String.class).hset(owner.liveKey(slice).orElseThrow(), hash);
        if (owner instanceof UsageOwner.OfAgent(TenantId tenant, Attribution agent)) {
            redis.set(String.class).sadd(RedisKeys.dayAgents(tenant, slice.start()), agent.value());
            redis.set(String.class)
                    .sadd(RedisKeys.monthAgents(tenant, slice.start()), agent.value());
            redis.hash(String.class).hset(RedisKeys.client(tenant, agent), hash);
        }
    }

    public void adjustment(UsageOwner owner, Slice slice, Traffic adjustment) {
        redis.hash(String.class)
                .hset(
                        owner.liveKey(slice).orElseThrow(),
                        Map.of(
                                UsageFields.ADJUSTMENT_MESSAGES,
                                Long.toString(adjustment.messages()),
                                UsageFields.ADJUSTMENT_BYTES,
                                Long.toString(adjustment.bytes())));
    }

    public void rollup(UsageOwner owner, Slice slice, UsageTotals totals, long progress) {
        write(List.of(item(owner, slice, totals, progress)));
    }

    /** Many items at once. */
    public void write(List<Map<String, AttributeValue>> items) {
        for (int from = 0; from < items.size(); from += ITEMS_AT_ONCE) {
            List<WriteRequest> writes =
                    items.subList(from, Math.min(items.size(), from + ITEMS_AT_ONCE)).stream()
                            .map(item ->
                                    WriteRequest.builder()
                                            .putRequest(put -> put.item(item))
                                            .build())
                            .toList();
            dynamoDb.batchWriteItem(
                    batch -> batch.requestItems(Map.of(Table.USAGE_METRICS.tableName(), writes)));
        }
    }

    /** A rollup as an item. */
    public static Map<String, AttributeValue> item(
            UsageOwner owner, Slice slice, UsageTotals totals, long progress) {
        Map<String, AttributeValue> item =
                new HashMap<>(
                        Item.key(
                                Table.USAGE_METRICS,
                                owner.partition(),
                                UsageKeys.rollup(slice.period(), slice.start())));
        UsageFields.write(totals)
                .forEach((field, value) -> item.put(field, AttributeValue.fromN(value.toString())));
        item.put(UsageFields.PROGRESS, AttributeValue.fromN(Long.toString(progress)));
        item.put(TenantKeys.TENANT_ID, AttributeValue.fromS(owner.tenant().value()));
        return item;
    }

    /** A rollup that cannot be read. */
    public void unreadable(UsageOwner owner, Slice slice) {
        Map<String, AttributeValue> item =
                new HashMap<>(
                        Item.key(
                                Table.USAGE_METRICS,
                                owner.partition(),
                                UsageKeys.rollup(slice.period(), slice.start())));
        item.put(UsageFields.PUBLISHED, AttributeValue.fromN("0.5"));
        item.put(TenantKeys.TENANT_ID, AttributeValue.fromS(owner.tenant().value()));
        dynamoDb.putItem(request -> request.tableName(Table.USAGE_METRICS.tableName()).item(item));
    }

    /** A connection's last reading, as the tracker writes it. */
    public void session(
            UsageOwner owner,
            ConnectionKey connection,
            Instant openedAt,
            Optional<Instant> closedAt,
            UsageTotals carried) {
        String partition = owner.partition();
        Map<String, AttributeValue> item =
                new HashMap<>(
                        Item.key(
                                Table.USAGE_METRICS,
                                partition,
                                UsageKeys.session(openedAt, connection)));
        UsageFields.write(carried)
                .forEach((field, value) -> item.put(field, AttributeValue.fromN(value.toString())));
        item.put("source", AttributeValue.fromS(connection.source().key()));
        item.put("connection_id", AttributeValue.fromS(connection.connectionId()));
        item.put("opened_at", AttributeValue.fromS(openedAt.toString()));
        closedAt.ifPresent(at -> item.put("closed_at", AttributeValue.fromS(at.toString())));
        item.put("state", AttributeValue.fromS(closedAt.isPresent() ? "closed" : "open"));
        item.put("updated_at", AttributeValue.fromS(TestClock.NOW.toString()));
        item.put(TenantKeys.TENANT_ID, AttributeValue.fromS(owner.tenant().value()));
        dynamoDb.putItem(request -> request.tableName(Table.USAGE_METRICS.tableName()).item(item));
    }

    public void second(TenantId tenant, long second, Traffic published) {
        redis.hash(String.class)
                .hset(
                        RedisKeys.recentSeconds(tenant),
                        Long.toString(second % RedisKeys.RECENT_SECONDS),
                        second + ":" + published.messages() + ":" + published.bytes());
    }

    public void open(TenantId tenant, AgentId agent, int connections) {
        redis.hash(String.class)
                .hset(
                        RedisKeys.openConnections(tenant),
                        agent.value(),
                        Integer.toString(connections));
    }

    /** That something was once booked to it. */
    public void everBooked(TenantId tenant, Attribution attribution) {
        write(List.of(total(tenant, attribution)));
    }

    /** The same as an item. */
    public static Map<String, AttributeValue> total(TenantId tenant, Attribution attribution) {
        return Item.key(
                Table.USAGE_METRICS, UsageKeys.tenant(tenant), UsageKeys.total(attribution));
    }

    /** What the witnesses say of the day, so far, by {@link ReconciledFields}. */
    public void reconciled(TenantId tenant, Instant day, Map<String, Long> fields) {
        Map<String, String> hash = new HashMap<>();
        fields.forEach((field, value) -> hash.put(field, value.toString()));
        redis.hash(String.class).hset(RedisKeys.reconciledDay(tenant, day), hash);
    }

    /** The same of a day that is over. */
    public void reconciledBefore(TenantId tenant, Instant day, Map<String, Long> fields) {
        Map<String, AttributeValue> item =
                new HashMap<>(
                        Item.key(
                                Table.USAGE_METRICS,
                                UsageKeys.tenant(tenant),
                                UsageKeys.reconciledDay(day)));
        fields.forEach((field, value) -> item.put(field, AttributeValue.fromN(value.toString())));
        dynamoDb.putItem(request -> request.tableName(Table.USAGE_METRICS.tableName()).item(item));
    }

    public void adjusted(TenantId tenant, Adjustment adjustment) {
        redis.hash(String.class)
                .hset(RedisKeys.adjustments(tenant), adjustment.id(), text(adjustment));
    }

    public void adjustedBefore(TenantId tenant, Adjustment adjustment) {
        written(
                tenant,
                UsageKeys.adjustment(adjustment.bookedAt(), adjustment.id()),
                text(adjustment));
    }

    public void gap(TenantId tenant, Gap gap) {
        redis.hash(String.class).hset(RedisKeys.gaps(tenant), gap.source(), text(gap));
    }

    public void gapBefore(TenantId tenant, Gap gap) {
        written(tenant, UsageKeys.gap(gap.from(), gap.source()), text(gap));
    }

    public void anomaly(Anomaly anomaly) {
        Map<String, AttributeValue> item =
                new HashMap<>(
                        Item.key(
                                Table.USAGE_METRICS,
                                UsageKeys.tenant(anomaly.tenantId()),
                                UsageKeys.anomaly(anomaly.startedAt(), anomaly.id())));
        Map<String, String> texts = new HashMap<>();
        texts.put(AnomalyFields.ID, anomaly.id());
        texts.put(AnomalyFields.TYPE, anomaly.type().id());
        texts.put(AnomalyFields.DIMENSION, anomaly.dimension().id());
        texts.put(AnomalyFields.SEVERITY, anomaly.severity().id());
        texts.put(AnomalyFields.STARTED_AT, anomaly.startedAt().toString());
        anomaly.endedAt().ifPresent(end -> texts.put(AnomalyFields.ENDED_AT, end.toString()));
        anomaly.direction().ifPresent(side -> texts.put(AnomalyFields.DIRECTION, side.id()));
        anomaly.clientId().ifPresent(id -> texts.put(AnomalyFields.CLIENT_ID, id.value()));
        anomaly.subject().ifPresent(subject -> texts.put(AnomalyFields.SUBJECT, subject));
        texts.put(AnomalyFields.EXPLANATION, anomaly.explanation());
        texts.forEach((name, text) -> item.put(name, AttributeValue.fromS(text)));
        item.put(AnomalyFields.OBSERVED, AttributeValue.fromN(Double.toString(anomaly.observed())));
        item.put(
                AnomalyFields.EXPECTED,
                AttributeValue.fromM(
                        Map.of(
                                AnomalyFields.LOW,
                                AttributeValue.fromN(Double.toString(anomaly.expected().low())),
                                AnomalyFields.HIGH,
                                AttributeValue.fromN(Double.toString(anomaly.expected().high())))));
        dynamoDb.putItem(request -> request.tableName(Table.USAGE_METRICS.tableName()).item(item));
    }

    public void anomalyState(TenantId tenant, AnomalyState state) {
        redis.value(String.class).set(RedisKeys.anomalyState(tenant), text(state));
    }

    public void forecast(TenantId tenant, Forecast forecast) {
        redis.value(String.class).set(RedisKeys.forecast(tenant), text(forecast));
    }

    private void written(TenantId tenant, String sort, String text) {
        Map<String, AttributeValue> item =
                new HashMap<>(Item.key(Table.USAGE_METRICS, UsageKeys.tenant(tenant), sort));
        item.put("json", AttributeValue.fromS(text));
        dynamoDb.putItem(request -> request.tableName(Table.USAGE_METRICS.tableName()).item(item));
    }

    private String text(Object each) {
        try {
            return json.writeValueAsString(each);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
