package ai.artcafe.tracker.flow;

import ai.artcafe.model.flow.ErrorSignal;
import ai.artcafe.model.flow.Flow;
import ai.artcafe.model.flow.FlowSpan;
import ai.artcafe.model.identity.Attribution;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.key.RedisKeys;
import ai.artcafe.model.key.Table;
import ai.artcafe.model.key.UsageKeys;
import ai.artcafe.model.plan.Tier;
import ai.artcafe.stack.LocalStack;
import ai.artcafe.tracker.BreakingWrites;
import ai.artcafe.tracker.NoLease;
import ai.artcafe.tracker.Settings;
import ai.artcafe.tracker.flow.store.DynamoFlows;
import ai.artcafe.tracker.flow.store.DynamoTapTimes;
import ai.artcafe.tracker.flow.store.RedisFlowDue;
import ai.artcafe.tracker.flow.store.RedisFlowShares;
import ai.artcafe.tracker.ledger.store.LedgerConfig;
import ai.artcafe.tracker.rollup.RollupConfig;
import ai.artcafe.tracker.rollup.store.PacedWrites;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.core.buffer.Buffer;
import io.vertx.mutiny.redis.client.Command;
import io.vertx.mutiny.redis.client.Redis;
import io.vertx.mutiny.redis.client.Request;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The stores of a local stack, as taps, ledger and gateways write the flow and as it is read. */
final class FlowStores implements AutoCloseable {

    private final Vertx vertx = Vertx.vertx();
    private final Redis redis;
    private final DynamoDbClient dynamoDb;
    private final BreakingWrites writes = new BreakingWrites();
    private final LedgerConfig ledger = Settings.of(LedgerConfig.class);
    private final Clock clock;

    FlowStores(LocalStack stack, Clock clock) {
        this.clock = clock;
        redis = Redis.createClient(vertx, stack.redisUrl().toString());
        dynamoDb =
                DynamoDbClient.builder()
                        .endpointOverride(stack.dynamoDbUrl())
                        .region(Region.US_EAST_1)
                        .credentialsProvider(
                                StaticCredentialsProvider.create(
                                        AwsBasicCredentials.create("local", "local")))
                        .httpClient(Apache5HttpClient.create())
                        .overrideConfiguration(
                                ClientOverrideConfiguration.builder()
                                        .addExecutionInterceptor(writes)
                                        .build())
                        .build();
    }

    BreakingWrites writes() {
        return writes;
    }

    FlowRollup rollup(Map<TenantId, Tier> tiers, List<FlowListener> listeners) {
        RedisFlowShares shares = new RedisFlowShares(redis, ledger);
        return new FlowRollup(
                new RedisFlowDue(redis, ledger),
                shares,
                flows(),
                new TapRecord(shares, tapTimes(), clock),
                tenant -> Optional.ofNullable(tiers.get(tenant)),
                listeners,
                new NoLease(),
                Settings.of(FlowRollupConfig.class),
                clock);
    }

    DynamoFlows flows() {
        return new DynamoFlows(dynamoDb, new PacedWrites(Settings.of(RollupConfig.class)), clock);
    }

    DynamoTapTimes tapTimes() {
        return new DynamoTapTimes(dynamoDb);
    }

    FlowDue due() {
        return new RedisFlowDue(redis, ledger);
    }

    /** What a tracker's tap does: its whole minute, and that it is to be rolled up. */
    void tell(String tracker, TenantId tenant, Instant minute, Flow flow) {
        share(tracker, tenant, minute, flow.toBytes());
        send(
                Request.cmd(Command.ZADD)
                        .arg(RedisKeys.FLOW_DUE)
                        .arg("NX")
                        .arg(FlowSpan.MINUTE.end(minute).plusSeconds(5).toEpochMilli())
                        .arg("M " + tenant + " " + FlowSpan.MINUTE.label(minute)));
    }

    /** Without saying that it is to be rolled up. */
    void share(String tracker, TenantId tenant, Instant minute, byte[] bytes) {
        send(
                Request.cmd(Command.HSET)
                        .arg(RedisKeys.flowMinute(tenant, minute))
                        .arg(tracker)
                        .arg(Buffer.buffer(bytes)));
    }

    void published(TenantId tenant, Instant minute, Attribution agent, long messages, long bytes) {
        send(
                Request.cmd(Command.HSET)
                        .arg(RedisKeys.flowAgents(tenant, minute))
                        .arg("m:" + agent)
                        .arg(messages)
                        .arg("b:" + agent)
                        .arg(bytes));
    }

    void wentWrong(TenantId tenant, Instant minute, ErrorSignal signal, long times) {
        send(
                Request.cmd(Command.HSET)
                        .arg(RedisKeys.flowErrors(tenant, minute))
                        .arg(signal.id())
                        .arg(times)
                        .arg(signal.id() + "|agent")
                        .arg(times));
    }

    void told(String tracker, Instant through) {
        send(
                Request.cmd(Command.HSET)
                        .arg(RedisKeys.FLOW_TRACKERS)
                        .arg(tracker)
                        .arg(through.toEpochMilli()));
    }

    void forgetTaps() {
        send(Request.cmd(Command.DEL).arg(RedisKeys.FLOW_TRACKERS));
        items(UsageKeys.PLATFORM)
                .keySet()
                .forEach(sort ->
                        dynamoDb.deleteItem(delete ->
                                delete.tableName(Table.USAGE_METRICS.tableName())
                                        .key(
                                                Map.of(
                                                        "pk",
                                                        AttributeValue.fromS(UsageKeys.PLATFORM),
                                                        "sk",
                                                        AttributeValue.fromS(sort)))));
    }

    void nothingDue() {
        send(Request.cmd(Command.DEL).arg(RedisKeys.FLOW_DUE));
    }

    void due(String member, Instant at) {
        send(Request.cmd(Command.ZADD).arg(RedisKeys.FLOW_DUE).arg(at.toEpochMilli()).arg(member));
    }

    long dueCount() {
        return redis.send(Request.cmd(Command.ZCARD).arg(RedisKeys.FLOW_DUE))
                .await()
                .atMost(Duration.ofSeconds(30))
                .toLong();
    }

    Map<String, Map<String, AttributeValue>> items(TenantId tenant) {
        return items(UsageKeys.tenant(tenant));
    }

    Map<String, Map<String, AttributeValue>> items(String partition) {
        Map<String, Map<String, AttributeValue>> items = new java.util.TreeMap<>();
        dynamoDb.queryPaginator(query ->
                        query.tableName(Table.USAGE_METRICS.tableName())
                                .consistentRead(true)
                                .keyConditionExpression("pk = :pk")
                                .expressionAttributeValues(
                                        Map.of(":pk", AttributeValue.fromS(partition))))
                .items()
                .forEach(item -> items.put(item.get("sk").s(), item));
        return items;
    }

    private void send(Request request) {
        redis.send(request).await().atMost(Duration.ofSeconds(30));
    }

    @Override
    public void close() {
        redis.close();
        dynamoDb.close();
        vertx.close().await().atMost(Duration.ofSeconds(30));
    }
}
