package ai.artcafe.tracker;

import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.usage.Period;
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
import io.vertx.mutiny.redis.client.Redis;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Redis and DynamoDB of a local stack, with the stores that the tracker has in them. */
public final class TestStores implements AutoCloseable {

    private final LocalStack stack;
    private final Vertx vertx = Vertx.vertx();
    private final Redis redis;
    private final DynamoDbClient dynamoDb;
    private final LedgerConfig ledgerConfig;
    private final RollupConfig rollup;
    private final FlowFeedConfig flowConfig;
    private final BreakingWrites writes = new BreakingWrites();

    public TestStores(LocalStack stack, Map<String, String> settings) {
        this.stack = stack;
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
                        .httpClient(Apache5HttpClient.create())
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

    /** What is in Redis. */
    public TestRedis redis() {
        return new TestRedis(redis);
    }

    /** What is in DynamoDB. */
    public TestTables tables() {
        return new TestTables(dynamoDb);
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
        DynamoRegistry registry = new DynamoRegistry(dynamoDb, Clock.systemUTC());
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

    /**
     * Makes the stack as one that was started anew, with empty tables; in a fraction of the time,
     * as DynamoDB goes on running. For use while nothing else is connected.
     */
    public void renew() {
        stack.nats().stop();
        stack.nats().start();
        stack.redis().start();
        redis().lose();
        tables().empty();
    }

    @Override
    public void close() {
        redis.close();
        dynamoDb.close();
        vertx.close().await().atMost(Duration.ofSeconds(30));
    }
}
