package ai.artcafe.tracker.rollup;

import static org.assertj.core.api.Assertions.assertThat;

import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.key.RedisKeys;
import ai.artcafe.model.key.UsageFields;
import ai.artcafe.model.usage.ConnectionKey;
import ai.artcafe.model.usage.Counters;
import ai.artcafe.model.usage.Reading;
import ai.artcafe.model.usage.ReadingSource;
import ai.artcafe.model.usage.Traffic;
import ai.artcafe.runtime.testing.TestClock;
import ai.artcafe.stack.Backing;
import ai.artcafe.stack.LocalStack;
import ai.artcafe.tracker.Json;
import ai.artcafe.tracker.Settings;
import ai.artcafe.tracker.TestStores;
import ai.artcafe.tracker.ledger.ControlCount;
import ai.artcafe.tracker.ledger.Ledger;
import ai.artcafe.tracker.ledger.Observed;
import ai.artcafe.tracker.ledger.TenantBatch;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** From a real Redis to a real DynamoDB. */
class RollupIT {

    private static final Instant BEFORE = Instant.parse("2026-11-30T23:59:30Z");
    private static final Instant AFTER = Instant.parse("2026-12-01T00:00:30Z");
    private static final ReadingSource SERVER = ReadingSource.natsServer("NSERVER");

    private final TenantId tenant = new TenantId("t-" + UUID.randomUUID());
    private final AgentId agent = new AgentId("a-" + UUID.randomUUID());
    private final TestClock clock = new TestClock(BEFORE);
    private LocalStack stack;
    private TestStores stores;
    private Ledger ledger;
    private RollupFlush flush;

    @BeforeEach
    void start() {
        start(LocalStack.shared(Backing.REDIS, Backing.DYNAMODB));
        stores.redis().clear();
    }

    private void start(LocalStack local) {
        stack = local;
        stores = new TestStores(stack, Map.of());
        stores.tables().create();
        ledger = stores.ledger(stores.archive(clock));
        flush = flush();
    }

    private RollupFlush flush() {
        return stores.flush(clock);
    }

    @AfterEach
    void stop() {
        stores.close();
    }

    @Test
    void everything_that_changed_is_written_in_absolute_values() {
        book(5, 50, false);

        assertThat(flush.run()).isPositive();

        for (String partition : List.of("TENANT#" + tenant, "CLIENT#" + agent)) {
            var items = stores.tables().items(partition);
            assertThat(items)
                    .containsKeys(
                            "DAILY#20261130", "MONTHLY#202611", "METRICS#2026-11-30T23:59:00.000Z");
            assertThat(number(items.get("DAILY#20261130"), UsageFields.PUBLISHED)).isEqualTo(5);
            assertThat(number(items.get("DAILY#20261130"), UsageFields.PUBLISHED_BYTES))
                    .isEqualTo(50);
            assertThat(items.get("DAILY#20261130").get("tenant_id").s()).isEqualTo(tenant.value());
            assertThat(items.get("DAILY#20261130").get("updated_at").s())
                    .isEqualTo("2026-11-30T23:59:30.000Z");
        }
        assertThat(stores.tables().items("TENANT#" + tenant)).containsKey("HOURLY#2026113023");
        var session =
                stores.tables()
                        .items("CLIENT#" + agent)
                        .get("SESSION#2026-11-30T23:59:30.000Z#n:NSERVER/1");
        assertThat(number(session, UsageFields.PUBLISHED)).isEqualTo(5);
        assertThat(session.get("state").s()).isEqualTo("open");
        assertThat(session).doesNotContainKeys("closed_at", "ttl");
        assertThat(stores.export().cut(tenant)).isEmpty();
        assertThat(stores.export().dirtyTenants()).isEmpty();
    }

    @Test
    void what_was_booked_before_a_boundary_is_written_after_it() {
        book(5, 50, false);
        clock.set(AFTER);
        book(7, 70, true);

        flush.run();

        var items = stores.tables().items("TENANT#" + tenant);
        assertThat(number(items.get("HOURLY#2026113023"), UsageFields.PUBLISHED)).isEqualTo(5);
        assertThat(number(items.get("HOURLY#2026120100"), UsageFields.PUBLISHED)).isEqualTo(2);
        assertThat(number(items.get("DAILY#20261130"), UsageFields.PUBLISHED)).isEqualTo(5);
        assertThat(number(items.get("DAILY#20261201"), UsageFields.PUBLISHED)).isEqualTo(2);
        assertThat(number(items.get("MONTHLY#202611"), UsageFields.PUBLISHED)).isEqualTo(5);
        assertThat(number(items.get("MONTHLY#202612"), UsageFields.PUBLISHED)).isEqualTo(2);
        var agentItems = stores.tables().items("CLIENT#" + agent);
        assertThat(number(agentItems.get("DAILY#20261130"), UsageFields.PUBLISHED)).isEqualTo(5);
        assertThat(number(agentItems.get("MONTHLY#202612"), UsageFields.PUBLISHED)).isEqualTo(2);
    }

    @Test
    void writing_again_and_by_several_at_once_changes_nothing() {
        book(5, 50, false);
        flush.run();
        var written = periods();
        clock.advance(Duration.ofSeconds(5));

        ledger.apply(List.of(batch(5, 50, true))); // closing dirties it again
        List<Thread> flushes =
                List.of(
                        Thread.startVirtualThread(() -> flush().run()),
                        Thread.startVirtualThread(() -> flush().run()));
        flushes.forEach(RollupIT::join);

        assertThat(periods()).isEqualTo(written);
        assertThat(stores.tables().items("CLIENT#" + agent).values())
                .anySatisfy(item ->
                        assertThat(item)
                                .containsEntry("state", AttributeValue.fromS("closed"))
                                .containsEntry(
                                        "closed_at",
                                        AttributeValue.fromS("2026-11-30T23:59:35.000Z"))
                                .containsKey("ttl"));
    }

    @Test
    void an_older_value_never_replaces_a_newer_one() {
        book(5, 50, false);
        DirtySnapshot older = new DirtySnapshot();
        book(9, 90, false);
        flush.run();

        older.write();

        assertThat(
                        number(
                                stores.tables().items("TENANT#" + tenant).get("DAILY#20261130"),
                                UsageFields.PUBLISHED))
                .isEqualTo(9);
    }

    @Test
    void a_change_during_the_flush_stays_marked() {
        book(5, 50, false);
        long revision = stores.export().cut(tenant).orElseThrow().revision();
        book(6, 60, false);

        stores.export().written(tenant, revision);

        assertThat(stores.export().cut(tenant).orElseThrow().positions()).hasSize(1);
        assertThat(stores.export().dirtyTenants()).containsExactly(tenant);
    }

    @Test
    void while_dynamodb_is_away_the_marks_stay_and_it_catches_up() {
        stores.close();
        try (LocalStack own = LocalStack.builder().with(Backing.REDIS, Backing.DYNAMODB).start()) {
            start(own);
            book(5, 50, false);
            stack.dynamoDb().kill();
            assertThat(flush.run()).isEqualTo(-1);
            clock.set(AFTER);
            book(7, 70, true);
            assertThat(flush.run()).isEqualTo(-1);

            stack.dynamoDb().start();
            assertThat(flush.run()).isPositive();

            var items = stores.tables().items("TENANT#" + tenant);
            assertThat(number(items.get("DAILY#20261130"), UsageFields.PUBLISHED)).isEqualTo(5);
            assertThat(number(items.get("DAILY#20261201"), UsageFields.PUBLISHED)).isEqualTo(2);
            assertThat(stores.export().cut(tenant)).isEmpty();
        }
    }

    @Test
    void a_tenant_whose_mark_was_lost_in_a_crash_is_found_by_the_first_flush_of_the_next_tracker() {
        book(5, 50, false);
        stores.redis().send(io.vertx.mutiny.redis.client.Command.DEL, RedisKeys.DIRTY_TENANTS);

        assertThat(flush.run()).isPositive();
    }

    @Test
    void what_never_expires_is_written_with_what_the_ledger_needs_to_be_brought_back() {
        book(5, 50, false);
        ledger.apply(
                List.of(
                        new TenantBatch(
                                tenant,
                                clock.instant(),
                                List.of(),
                                List.of(
                                        new ControlCount(
                                                agent, "a/tap/1", new Traffic(2, 20), true)))));

        flush.run();

        var items = stores.tables().items("TENANT#" + tenant);
        assertThat(number(items.get("LEDGER"), UsageFields.PUBLISHED)).isEqualTo(3);
        assertThat(items.get("LEDGER").get("meta").s()).contains("sum:n:NSERVER");
        assertThat(number(items.get("TOTAL#" + agent), UsageFields.CONTROL_BYTES)).isEqualTo(20);
        assertThat(number(items.get("CONTROL#a/tap/1"), UsageFields.MESSAGES)).isEqualTo(2);
        assertThat(items.get("LEDGER")).doesNotContainKey("ttl");
        assertThat(items.get("TOTAL#" + agent)).doesNotContainKey("ttl");
        assertThat(items.get("JOURNAL")).doesNotContainKey("ttl");
        assertThat(number(items.get("DAILY#20261130"), "ttl"))
                .isEqualTo(
                        Instant.parse("2026-12-01T00:00:00Z")
                                .plus(Duration.ofDays(400))
                                .getEpochSecond());
    }

    @Test
    void throttled_writes_are_tried_again_and_not_all_at_once() {
        book(5, 50, false);
        stores.writes().throttle(6);

        assertThat(flush.run()).isPositive();

        assertThat(stores.tables().items("TENANT#" + tenant))
                .containsKeys("DAILY#20261130", "LEDGER");
        assertThat(stores.writes().count()).isLessThan(40);
    }

    @Test
    void a_clock_that_steps_over_a_boundary_and_back_and_forth_changes_no_total() {
        clock.set(AFTER);
        book(5, 50, false);
        flush.run();
        clock.set(BEFORE);
        book(8, 80, false);
        flush.run();
        clock.set(AFTER.plusSeconds(60));
        book(10, 100, true);
        flush.run();

        var items = stores.tables().items("TENANT#" + tenant);
        assertThat(number(items.get("LEDGER"), UsageFields.PUBLISHED)).isEqualTo(10);
        assertThat(number(items.get("DAILY#20261130"), UsageFields.PUBLISHED)).isEqualTo(3);
        assertThat(number(items.get("DAILY#20261201"), UsageFields.PUBLISHED)).isEqualTo(7);
        assertThat(number(items.get("MONTHLY#202612"), UsageFields.PUBLISHED)).isEqualTo(7);
        assertThat(stores.export().dirtyTenants()).isEmpty();
    }

    /** The tenant's snapshots, hours, days and months. */
    private Map<String, Map<String, AttributeValue>> periods() {
        var items = stores.tables().items("TENANT#" + tenant);
        items.keySet().removeIf(key -> !key.matches("(METRICS|HOURLY|DAILY|MONTHLY)#.*"));
        return items;
    }

    /** What a slower tracker read before. */
    private final class DirtySnapshot {
        private final List<UsageItem> items =
                new UsageItems(Settings.of(RollupConfig.class), Json.mapper())
                        .of(
                                stores.export(stores.archive(clock)).cut(tenant).orElseThrow(),
                                1,
                                clock.instant());

        void write() {
            stores.usage().write(items, clock.instant());
        }
    }

    private void book(long messages, long bytes, boolean last) {
        assertThat(ledger.apply(List.of(batch(messages, bytes, last)))).hasSize(1);
    }

    private TenantBatch batch(long messages, long bytes, boolean last) {
        return new TenantBatch(
                tenant,
                clock.instant(),
                List.of(
                        new Observed(
                                new Reading(
                                        new ConnectionKey(SERVER, "1"),
                                        tenant,
                                        agent,
                                        BEFORE,
                                        Counters.of(messages, bytes, 0, 0),
                                        last),
                                clock.instant())),
                List.of());
    }

    private static long number(Map<String, AttributeValue> item, String name) {
        return Long.parseLong(item.get(name).n());
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
