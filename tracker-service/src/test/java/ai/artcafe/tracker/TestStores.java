package ai.artcafe.tracker;

import ai.artcafe.model.flow.Flow;
import ai.artcafe.model.flow.TapMode;
import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.Attribution;
import ai.artcafe.model.identity.Slot;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.key.AgentKeys;
import ai.artcafe.model.key.RedisKeys;
import ai.artcafe.model.key.Table;
import ai.artcafe.model.key.TenantKeys;
import ai.artcafe.model.key.UsageFields;
import ai.artcafe.model.usage.Period;
import ai.artcafe.model.usage.Traffic;
import ai.artcafe.model.usage.UsageTotals;
import ai.artcafe.runtime.store.TenantRecord;
import ai.artcafe.stack.LocalStack;
import ai.artcafe.tracker.anomaly.LedgerFindings;
import ai.artcafe.tracker.anomaly.store.DynamoAnomalies;
import ai.artcafe.tracker.flow.FlowFeedConfig;
import ai.artcafe.tracker.flow.store.RedisFlowStore;
import ai.artcafe.tracker.ledger.BillingConfig;
import ai.artcafe.tracker.ledger.LedgerArchive;
import ai.artcafe.tracker.ledger.LedgerExport;
import ai.artcafe.tracker.ledger.NoArchive;
import ai.artcafe.tracker.ledger.Totals;
import ai.artcafe.tracker.ledger.store.LedgerConfig;
import ai.artcafe.tracker.ledger.store.RedisExport;
import ai.artcafe.tracker.ledger.store.RedisLease;
import ai.artcafe.tracker.ledger.store.RedisLedger;
import ai.artcafe.tracker.ledger.store.RedisWitness;
import ai.artcafe.tracker.presence.ForbiddenPublishes;
import ai.artcafe.tracker.presence.PresenceConfig;
import ai.artcafe.tracker.presence.store.DynamoChanges;
import ai.artcafe.tracker.presence.store.RedisErrorCounts;
import ai.artcafe.tracker.presence.store.RedisPresence;
import ai.artcafe.tracker.reconcile.ReconcileConfig;
import ai.artcafe.tracker.reconcile.SlotMap;
import ai.artcafe.tracker.reconcile.WitnessStores;
import ai.artcafe.tracker.reconcile.store.DynamoRegistry;
import ai.artcafe.tracker.reconcile.store.RedisTapCounts;
import ai.artcafe.tracker.recovery.Recovery;
import ai.artcafe.tracker.recovery.store.DynamoLedgerArchive;
import ai.artcafe.tracker.recovery.store.DynamoSources;
import ai.artcafe.tracker.recovery.store.RedisRecoveryMark;
import ai.artcafe.tracker.recovery.store.TenantSlots;
import ai.artcafe.tracker.rollup.RollupConfig;
import ai.artcafe.tracker.rollup.RollupFlush;
import ai.artcafe.tracker.rollup.UsageItems;
import ai.artcafe.tracker.rollup.UsageJournal;
import ai.artcafe.tracker.rollup.store.DynamoUsageJournal;
import ai.artcafe.tracker.rollup.store.DynamoUsageStore;
import ai.artcafe.tracker.rollup.store.PacedWrites;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.core.buffer.Buffer;
import io.vertx.mutiny.redis.client.Command;
import io.vertx.mutiny.redis.client.Redis;
import io.vertx.mutiny.redis.client.Request;
import io.vertx.mutiny.redis.client.Response;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** Redis and DynamoDB of a local stack, as the tracker uses them and as a test looks into them. */
public final class TestStores implements AutoCloseable {

    private final Vertx vertx = Vertx.vertx();
    private final Redis redis;
    private final DynamoDbClient dynamoDb;
    private final LedgerConfig ledgerConfig;
    private final RollupConfig rollup;
    private final FlowFeedConfig flowConfig;
    private final BreakingWrites writes = new BreakingWrites();

    public TestStores(LocalStack stack, Map<String, String> settings) {
        rollup = Settings.of(RollupConfig.class, settings);
        flowConfig = Settings.of(FlowFeedConfig.class, settings);
        redis = Redis.createClient(vertx, stack.redisUrl().toString());
        ledgerConfig = Settings.of(LedgerConfig.class, settings);
        dynamoDb =
                DynamoDbClient.builder()
                        .endpointOverride(stack.dynamoDbUrl())
                        .region(Region.US_EAST_1)
                        .credentialsProvider(
                                StaticCredentialsProvider.create(
                                        AwsBasicCredentials.create("local", "local")))
                        .httpClient(UrlConnectionHttpClient.create())
                        .overrideConfiguration(
                                ClientOverrideConfiguration.builder()
                                        .addExecutionInterceptor(writes)
                                        .apiCallTimeout(Duration.ofSeconds(30))
                                        .build())
                        .build();
    }

    public DynamoDbClient dynamoDb() {
        return dynamoDb;
    }

    public RedisLedger ledger() {
        return ledger(new NoArchive());
    }

    public RedisLedger ledger(LedgerArchive archive) {
        return new RedisLedger(
                redis, ledgerConfig, Settings.of(BillingConfig.class), archive, Json.mapper());
    }

    public RedisWitness witness(LedgerArchive archive) {
        return new RedisWitness(redis, ledgerConfig, archive, Json.mapper());
    }

    public RedisExport export(LedgerArchive archive) {
        return new RedisExport(redis, ledgerConfig, archive, Json.mapper());
    }

    public RedisLease lease() {
        return new RedisLease(redis, ledgerConfig);
    }

    public RedisPresence presence() {
        return new RedisPresence(
                redis, ledgerConfig, Settings.of(PresenceConfig.class), Json.mapper());
    }

    public DynamoChanges presenceHistory() {
        return new DynamoChanges(dynamoDb);
    }

    public RedisErrorCounts errorCounts() {
        return new RedisErrorCounts(redis, ledgerConfig, Settings.of(PresenceConfig.class));
    }

    /** What is to be written. */
    public RedisExport export() {
        return export(new NoArchive());
    }

    /** The beginnings of the hours that are to be written. */
    public Set<Instant> hoursToWrite(TenantId tenant) {
        return export().cut(tenant).stream()
                .flatMap(cut -> cut.totals().stream())
                .flatMap(totals -> totals.span().stream())
                .filter(span -> span.period() == Period.HOURLY)
                .map(Totals.Span::start)
                .collect(Collectors.toSet());
    }

    public DynamoUsageStore usage() {
        return new DynamoUsageStore(dynamoDb, new PacedWrites(rollup), rollup);
    }

    public DynamoUsageJournal journal() {
        return journal(300_000);
    }

    /**
     * @param partBytes from how much on a journal is in parts
     */
    public DynamoUsageJournal journal(int partBytes) {
        return new DynamoUsageJournal(
                dynamoDb, new PacedWrites(rollup), usage(), rollup, Json.mapper(), partBytes);
    }

    public DynamoLedgerArchive archive(Clock clock) {
        return new DynamoLedgerArchive(
                dynamoDb, journal(), rollup, ledgerConfig, Json.mapper(), clock);
    }

    public RollupFlush flush(Clock clock) {
        return flush(clock, export(archive(clock)), journal());
    }

    public RollupFlush flush(Clock clock, LedgerExport export, UsageJournal journal) {
        return new RollupFlush(
                export,
                journal,
                usage(),
                new UsageItems(rollup, Json.mapper()),
                new NoLease(),
                rollup,
                clock);
    }

    public Recovery recovery(Clock clock) {
        LedgerArchive archive = archive(clock);
        return new Recovery(
                ledger(archive),
                export(archive),
                new TenantSlots(dynamoDb),
                new DynamoSources(dynamoDb),
                new RedisRecoveryMark(redis, ledgerConfig),
                rollup,
                clock);
    }

    /** Where DynamoDB's writes can be made to fail. */
    public BreakingWrites writes() {
        return writes;
    }

    /** What the reconciliation reads and writes. */
    public WitnessStores witnesses(Clock clock) {
        DynamoRegistry registry = new DynamoRegistry(dynamoDb);
        return new WitnessStores(
                witness(archive(clock)),
                new SlotMap(registry, clock),
                registry,
                new RedisTapCounts(redis, ledgerConfig),
                new LedgerFindings(anomalies(), _ -> {}, Settings.of(ReconcileConfig.class), clock),
                new ForbiddenPublishes(errorCounts()));
    }

    public DynamoAnomalies anomalies() {
        return new DynamoAnomalies(dynamoDb);
    }

    /** Where the trackers put the flow. */
    public RedisFlowStore flow() {
        return new RedisFlowStore(redis, flowConfig);
    }

    /** Puts a tenant into a slot, as the gateway does. */
    public void place(TenantId tenant, Slot slot) {
        place(tenant, slot, TapMode.FULL);
    }

    /** Puts a tenant into a slot, and has it looked at so. */
    public void place(TenantId tenant, Slot slot, TapMode tap) {
        Map<String, AttributeValue> item = new HashMap<>(TenantRecord.tapAttributes(tap));
        item.put("pk", AttributeValue.fromS(TenantKeys.SLOTS));
        item.put("sk", AttributeValue.fromS(slot.account()));
        item.put("tenant_id", AttributeValue.fromS(tenant.value()));
        dynamoDb.putItem(put -> put.tableName(Table.TENANTS.tableName()).item(item));
    }

    /** The minutes of a tenant's flow in Redis, all trackers' shares merged, and all in one. */
    public Flow flow(TenantId tenant) {
        Flow merged = new Flow();
        redis(Command.KEYS, "flow:minute:{" + tenant + "}:*")
                .orElseThrow()
                .forEach(key ->
                        redis(Command.HVALS, key.toString())
                                .orElseThrow()
                                .forEach(share -> merged.merge(Flow.of(share.toBytes()))));
        return merged;
    }

    /** What each tracker's tap saw of a tenant, by the seconds in Redis. */
    public Map<String, Traffic> flowSeconds(TenantId tenant) {
        Map<String, Traffic> sums = new HashMap<>();
        redis(Command.KEYS, "flow:seconds:{" + tenant + "}:*")
                .orElseThrow()
                .forEach(key ->
                        hash(key.toString())
                                .forEach((field, value) -> {
                                    String[] seen = value.split(" ", 2);
                                    sums.merge(
                                            field.substring(field.indexOf('|') + 1),
                                            new Traffic(
                                                    Long.parseLong(seen[0]),
                                                    Long.parseLong(seen[1])),
                                            Traffic::plus);
                                }));
        return sums;
    }

    /** Registers an agent, as the gateway does. */
    public void register(TenantId tenant, AgentId agent) {
        create(Table.AGENTS);
        dynamoDb.putItem(put ->
                put.tableName(Table.AGENTS.tableName())
                        .item(
                                Map.of(
                                        "pk", AttributeValue.fromS(AgentKeys.tenant(tenant)),
                                        "sk", AttributeValue.fromS(AgentKeys.agent(agent)),
                                        "tenant_id", AttributeValue.fromS(tenant.value()),
                                        "agent_id", AttributeValue.fromS(agent.value()),
                                        "status", AttributeValue.fromS("active"))));
    }

    public String status(TenantId tenant, AgentId agent) {
        return dynamoDb.getItem(get ->
                        get.tableName(Table.AGENTS.tableName())
                                .consistentRead(true)
                                .key(
                                        Map.of(
                                                "pk",
                                                AttributeValue.fromS(AgentKeys.tenant(tenant)),
                                                "sk",
                                                AttributeValue.fromS(AgentKeys.agent(agent)))))
                .item()
                .get("status")
                .s();
    }

    /** Makes a tenant known, as the gateway does. */
    public void createTenant(TenantId tenant) {
        dynamoDb.putItem(put ->
                put.tableName(Table.TENANTS.tableName())
                        .item(
                                Map.of(
                                        "pk", AttributeValue.fromS(TenantKeys.SLOTS),
                                        "sk", AttributeValue.fromS(tenant.value()),
                                        "tenant_id", AttributeValue.fromS(tenant.value()))));
    }

    public Optional<Response> redis(Command command, String... arguments) {
        Request request = Request.cmd(command);
        for (String argument : arguments) {
            request.arg(argument);
        }
        return Optional.ofNullable(redis.send(request).await().atMost(Duration.ofSeconds(30)));
    }

    /** All keys with all they hold. */
    public Map<String, Buffer> dump() {
        Map<String, Buffer> dump = new LinkedHashMap<>();
        Response keys = redis(Command.KEYS, "*").orElseThrow();
        for (int i = 0; i < keys.size(); i++) {
            String key = keys.get(i).toString();
            dump.put(key, redis(Command.DUMP, key).orElseThrow().toBuffer());
        }
        return dump;
    }

    /**
     * What the keys of a tenant hold: a hash's fields, a sorted set's members with their scores, a
     * set's members, a text under the empty name.
     */
    public Map<String, Map<String, String>> contents(TenantId tenant) {
        Map<String, Map<String, String>> contents = new LinkedHashMap<>();
        for (String key : keys(tenant)) {
            Map<String, String> content = new LinkedHashMap<>();
            switch (redis(Command.TYPE, key).orElseThrow().toString()) {
                case "hash" -> content.putAll(hash(key));
                case "zset" ->
                        redis(Command.ZRANGE, key, "0", "-1")
                                .orElseThrow()
                                .forEach(member ->
                                        content.put(
                                                member.toString(),
                                                redis(Command.ZSCORE, key, member.toString())
                                                        .orElseThrow()
                                                        .toString()));
                case "set" ->
                        redis(Command.SMEMBERS, key)
                                .orElseThrow()
                                .forEach(member -> content.put(member.toString(), ""));
                default -> content.put("", redis(Command.GET, key).orElseThrow().toString());
            }
            contents.put(key, content);
        }
        return contents;
    }

    /** Drops all of a tenant. */
    public void wipe(TenantId tenant) {
        keys(tenant).forEach(key -> redis(Command.DEL, key));
    }

    private List<String> keys(TenantId tenant) {
        List<String> keys = new ArrayList<>();
        redis(Command.KEYS, "*{" + tenant + "}*")
                .orElseThrow()
                .forEach(key -> keys.add(key.toString()));
        return keys;
    }

    /** Puts Redis back to what it was, apart from expiry. */
    public void restore(Map<String, Buffer> dump) {
        loseRedis();
        dump.forEach((key, value) ->
                redis.send(Request.cmd(Command.RESTORE).arg(key).arg("0").arg(value))
                        .await()
                        .atMost(Duration.ofSeconds(30)));
    }

    /** Empties Redis, for tests that begin anew: nothing is to be brought back. */
    public void flushRedis() {
        loseRedis();
        redis(Command.SET, RedisKeys.RESTORED, "1");
    }

    /** Empties Redis. */
    public void loseRedis() {
        redis(Command.FLUSHALL);
    }

    public Map<String, String> hash(String key) {
        Map<String, String> hash = new LinkedHashMap<>();
        redis(Command.HGETALL, key)
                .ifPresent(found -> {
                    if (!found.getKeys().isEmpty()) {
                        found.getKeys().forEach(name -> hash.put(name, found.get(name).toString()));
                    } else {
                        for (int i = 0; i + 1 < found.size(); i += 2) {
                            hash.put(found.get(i).toString(), found.get(i + 1).toString());
                        }
                    }
                });
        return hash;
    }

    public UsageTotals totals(TenantId tenant) {
        return UsageFields.read(hash(RedisKeys.tenant(tenant)));
    }

    public UsageTotals totals(TenantId tenant, Attribution agent) {
        return UsageFields.read(hash(RedisKeys.client(tenant, agent)));
    }

    public long open(TenantId tenant, AgentId agent) {
        return UsageFields.number(hash(RedisKeys.openConnections(tenant)), agent.value());
    }

    /** Makes the tables of usage and of tenants, if they are not there. */
    public void createUsageTable() {
        create(Table.USAGE_METRICS);
        create(Table.TENANTS);
    }

    /** Empties DynamoDB. */
    public void dropTables() {
        dynamoDb.deleteTable(request -> request.tableName(Table.USAGE_METRICS.tableName()));
        dynamoDb.deleteTable(request -> request.tableName(Table.TENANTS.tableName()));
        createUsageTable();
    }

    private void create(Table table) {
        String sortKey = table.sortKey().orElseThrow();
        try {
            dynamoDb.createTable(request ->
                    request.tableName(table.tableName())
                            .billingMode("PAY_PER_REQUEST")
                            .attributeDefinitions(
                                    a ->
                                            a.attributeName(table.partitionKey())
                                                    .attributeType(ScalarAttributeType.S),
                                    a ->
                                            a.attributeName(sortKey)
                                                    .attributeType(ScalarAttributeType.S))
                            .keySchema(
                                    k ->
                                            k.attributeName(table.partitionKey())
                                                    .keyType(KeyType.HASH),
                                    k -> k.attributeName(sortKey).keyType(KeyType.RANGE)));
        } catch (ResourceInUseException _) {
            return;
        }
    }

    /** The items of a partition, by sort key. */
    public Map<String, Map<String, AttributeValue>> items(String partition) {
        Map<String, Map<String, AttributeValue>> items = new LinkedHashMap<>();
        dynamoDb.queryPaginator(request ->
                        request.tableName(Table.USAGE_METRICS.tableName())
                                .consistentRead(true)
                                .keyConditionExpression("pk = :pk")
                                .expressionAttributeValues(
                                        Map.of(":pk", AttributeValue.fromS(partition))))
                .items()
                .forEach(item -> items.put(item.get("sk").s(), item));
        return items;
    }

    @Override
    public void close() {
        redis.close();
        dynamoDb.close();
        vertx.close().await().atMost(Duration.ofSeconds(30));
    }
}
