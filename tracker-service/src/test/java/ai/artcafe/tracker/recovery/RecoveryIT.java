package ai.artcafe.tracker.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.key.RedisKeys;
import ai.artcafe.model.key.UsageFields;
import ai.artcafe.model.key.UsageKeys;
import ai.artcafe.model.usage.ReadingSource;
import ai.artcafe.model.usage.UsageTotals;
import ai.artcafe.runtime.store.Item;
import ai.artcafe.runtime.testing.TestClock;
import ai.artcafe.stack.Backing;
import ai.artcafe.stack.LocalStack;
import ai.artcafe.tracker.TestStores;
import ai.artcafe.tracker.ledger.Ledger;
import ai.artcafe.tracker.ledger.LedgerExport;
import ai.artcafe.tracker.ledger.LedgerUnavailableException;
import ai.artcafe.tracker.ledger.TenantBatch;
import ai.artcafe.tracker.rollup.RollupFlush;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Redis loses everything, at any moment; a real Redis and a real DynamoDB. */
class RecoveryIT {

    /** Over the boundary of an hour, a day and a month. */
    private static final Instant FIRST = Instant.parse("2026-11-30T23:59:10Z");

    private static final Instant SECOND = Instant.parse("2026-11-30T23:59:50Z");
    private static final Instant THIRD = Instant.parse("2026-12-01T00:00:20Z");

    /** So small that a journal takes several. */
    private static final int SMALL_PARTS = 400;

    private static final int LARGE_PARTS = 300_000;

    private final AgentId a1 = new AgentId("a-" + UUID.randomUUID());
    private final AgentId a2 = new AgentId("b-" + UUID.randomUUID());
    private final TestClock clock = new TestClock(FIRST);
    private final List<TenantBatch> batches = new ArrayList<>();
    private TenantId tenant;
    private Truth truth;
    private TestStores stores;

    @BeforeEach
    void start() {
        start(LocalStack.shared(Backing.REDIS, Backing.DYNAMODB));
    }

    private void start(LocalStack stack) {
        // one write at a time, so that the n-th is always the same
        stores =
                new TestStores(
                        stack,
                        Map.of(
                                "artcafe.rollup.concurrency", "1",
                                "artcafe.rollup.writes-per-second", "100000"));
        stores.tables().create();
        begin();
    }

    /** A new tenant, the only one, in an empty Redis. */
    private void begin() {
        tenant = new TenantId("t-" + UUID.randomUUID());
        truth = new Truth(tenant);
        batches.clear();
        clock.set(FIRST);
        stores.redis().clear();
        stores.tables().empty();
        stores.tables().createTenant(tenant);
    }

    @AfterEach
    void stop() {
        stores.close();
    }

    @ParameterizedTest
    @CsvSource({
        "false, " + LARGE_PARTS,
        "true, " + LARGE_PARTS,
        "false, " + SMALL_PARTS,
        "true, " + SMALL_PARTS
    })
    void redis_emptied_after_a_flush_died_at_any_write_comes_back_exact(
            boolean taken, int partBytes) {
        int write = 0;
        boolean died = true;
        while (died) {
            write++;
            begin();
            bookFirst();
            flush(partBytes).run();
            bookSecond();

            stores.writes().dieAt(write, taken);
            flush(partBytes).run();
            died = stores.writes().mend();
            stores.redis().lose();

            recoverAndReadOn();
            assertExact("died at write " + write);
        }
        assertThat(write).isGreaterThan(partBytes == SMALL_PARTS ? 20 : 15);
    }

    @Test
    void a_recovery_that_dies_at_any_write_is_repeated() {
        int write = 0;
        boolean died = true;
        while (died) {
            write++;
            begin();
            bookFirst();
            flush(LARGE_PARTS).run();
            bookSecond();
            stores.writes().dieAt(8, true);
            flush(LARGE_PARTS).run();
            stores.writes().mend();
            stores.redis().lose();

            stores.writes().dieAt(write, true);
            boolean complete = stores.recovery(clock).run();
            died = stores.writes().mend();
            assertThat(complete).isEqualTo(!died);

            recoverAndReadOn();
            assertExact("recovery died at write " + write);
        }
        assertThat(write).isGreaterThan(5);
    }

    @Test
    void redis_emptied_between_the_writes_and_the_clearing_of_marks_comes_back_exact() {
        bookFirst();
        LedgerExport export = stores.export(stores.archive(clock));
        stores.flush(clock, new DiesBeforeClearing(export), stores.journal()).run();
        bookSecond();
        stores.redis().lose();

        recoverAndReadOn();

        assertExact("marks never cleared");
    }

    @Test
    void what_was_cut_before_redis_was_lost_is_written_no_more() {
        bookFirst();
        LedgerExport export = stores.export(stores.archive(clock));
        RollupFlush slow =
                stores.flush(
                        clock,
                        new LosesRedisAfterCut(
                                export,
                                () -> {
                                    stores.redis().lose();
                                    assertThat(stores.recovery(clock).run()).isTrue();
                                }),
                        stores.journal());
        slow.run();

        assertThat(slow.conflicts()).isEqualTo(1);
        assertThat(stores.tables().items(UsageKeys.tenant(tenant))).doesNotContainKey("LEDGER");
        bookSecond();
        recoverAndReadOn();
        assertExact("a flush slower than the loss");
    }

    @Test
    void two_flushes_at_once_and_a_loss_leave_nothing_out() {
        bookFirst();
        List<Thread> flushes = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            RollupFlush flush = flush(LARGE_PARTS);
            flushes.add(
                    Thread.startVirtualThread(() -> {
                        for (int round = 0; round < 5; round++) {
                            flush.run();
                        }
                    }));
        }
        bookSecond();
        flushes.forEach(RecoveryIT::join);
        flush(LARGE_PARTS).run();
        stores.redis().lose();

        recoverAndReadOn();

        assertExact("two flushes");
    }

    @Test
    void nothing_is_applied_while_dynamodb_is_away_and_everything_once_it_is_back() {
        stores.close();
        try (LocalStack own = LocalStack.builder().with(Backing.REDIS, Backing.DYNAMODB).start()) {
            start(own);
            bookFirst();
            flush(LARGE_PARTS).run();
            own.dynamoDb().kill();
            stores.redis().lose();

            assertThat(stores.recovery(clock).run()).isFalse();
            assertThat(applied(truth.everything(SECOND))).isFalse();
            assertThat(stores.redis().hash(RedisKeys.tenant(tenant))).isEmpty();
            assertThat(stores.redis().hash(RedisKeys.SOURCES)).isEmpty();

            own.dynamoDb().start();
            bookSecond();
            recoverAndReadOn();
            assertExact("DynamoDB was away");
        }
    }

    @Test
    void a_tenant_with_something_to_apply_does_not_wait_for_the_others() {
        bookFirst();
        flush(LARGE_PARTS).run();
        stores.redis().lose();

        bookSecond();
        recoverAndReadOn();

        assertExact("brought back on demand");
    }

    @Test
    void up_to_when_sources_were_read_comes_back_and_one_that_died_meanwhile_holds_on() {
        bookFirst();
        Recovery recovery = stores.recovery(clock);
        assertThat(recovery.run()).isTrue();
        ReadingSource dead = ReadingSource.gateway("gw-dead", 1);
        Ledger ledger = ledger();
        ledger.readThrough(Map.of(truth.source(), FIRST, dead, FIRST.minusSeconds(5)));
        assertThat(recovery.keepSources()).isTrue();
        stores.redis().lose();
        assertThatThrownBy(() -> ledger.readThrough(Map.of(truth.source(), SECOND)))
                .isInstanceOf(LedgerUnavailableException.class);
        assertThat(recovery.keepSources()).isFalse();

        assertThat(recovery.run()).isTrue();
        ledger.readThrough(Map.of(truth.source(), SECOND));

        assertThat(ledger.sources())
                .isEqualTo(Map.of(truth.source().key(), SECOND, dead.key(), FIRST.minusSeconds(5)));
    }

    @Test
    void with_both_emptied_nothing_is_known_until_sources_are_read_anew() {
        bookFirst();
        flush(LARGE_PARTS).run();
        ledger().readThrough(Map.of(truth.source(), FIRST));
        stores.recovery(clock).run();
        stores.recovery(clock).keepSources();
        stores.redis().lose();
        stores.tables().empty();

        Recovery recovery = stores.recovery(clock);
        assertThat(recovery.run()).isTrue();

        assertThat(ledger().sources()).isEmpty();
        ledger().readThrough(Map.of(truth.source(), SECOND));
        assertThat(ledger().sources()).isEqualTo(Map.of(truth.source().key(), SECOND));
    }

    @Test
    void a_connection_that_was_settled_is_not_counted_again_after_a_loss() {
        bookFirst();
        TenantBatch old = truth.everything(FIRST);
        Instant later = FIRST.plus(Duration.ofHours(3));
        clock.set(later);
        apply(
                new TenantBatch(
                        tenant, later, List.of(truth.carry(a2, 2, 5, later, false)), List.of()));
        ledger().readThrough(Map.of(truth.source(), later));
        flush(LARGE_PARTS).run();
        ledger().settle(later);
        assertThat(stores.redis().hash(RedisKeys.positions(tenant)))
                .doesNotContainKey(truth.connection(1).key());
        // writes that it was settled
        apply(
                new TenantBatch(
                        tenant, later, List.of(truth.carry(a2, 2, 5, later, false)), List.of()));
        flush(LARGE_PARTS).run();
        stores.redis().lose();

        assertThat(stores.recovery(clock).run()).isTrue();
        assertThat(stores.redis().hash(RedisKeys.positions(tenant)))
                .doesNotContainKey(truth.connection(1).key())
                .containsKey(truth.connection(2).key());
        apply(old);

        assertExact("settled before");
    }

    @Test
    void a_reading_of_an_earlier_hour_after_a_loss_is_booked_in_that_hour() {
        bookFirst();
        flush(LARGE_PARTS).run();
        clock.set(THIRD.plus(Duration.ofHours(2)));
        stores.redis().lose();

        apply(
                new TenantBatch(
                        tenant,
                        clock.instant(),
                        List.of(truth.carry(a2, 2, 7, SECOND, false)),
                        List.of()));
        flush(LARGE_PARTS).run();

        assertExact("late after a loss");
        assertArchived();
    }

    @Test
    void a_clock_that_steps_back_over_a_boundary_while_redis_is_lost_does_no_harm() {
        clock.set(THIRD);
        apply(
                new TenantBatch(
                        tenant, THIRD, List.of(truth.carry(a1, 1, 9, THIRD, false)), List.of()));
        flush(LARGE_PARTS).run();
        clock.set(FIRST);
        stores.redis().lose();
        apply(
                new TenantBatch(
                        tenant, FIRST, List.of(truth.carry(a1, 1, 4, FIRST, false)), List.of()));
        flush(LARGE_PARTS).run();
        clock.set(THIRD.plusSeconds(30));
        stores.redis().lose();
        apply(
                new TenantBatch(
                        tenant,
                        THIRD.plusSeconds(30),
                        List.of(truth.carry(a1, 1, 2, THIRD.plusSeconds(30), true)),
                        List.of()));
        flush(LARGE_PARTS).run();

        assertExact("stepping clock");
        assertArchived();
    }

    @Test
    void lives_of_redis_come_back_one_after_the_other() {
        bookFirst();
        for (int life = 0; life < 4; life++) {
            flush(LARGE_PARTS).run();
            clock.advance(Duration.ofSeconds(20));
            Instant now = clock.instant();
            apply(
                    new TenantBatch(
                            tenant,
                            now,
                            List.of(
                                    truth.carry(a1, 100 + life, 3, now, life % 2 == 0),
                                    truth.carry(a2, 2, 1, now, false)),
                            List.of(truth.heartbeats(a1, 1, now))));
            flush(LARGE_PARTS).run();
            stores.redis().lose();
            assertThat(stores.recovery(clock).run()).isTrue();
        }

        assertExact("four lives");
        assertArchived();
    }

    /** Two agents, three connections, one of them over, some control. */
    private void bookFirst() {
        book(
                new TenantBatch(
                        tenant,
                        FIRST,
                        List.of(
                                truth.carry(a1, 1, 10, FIRST, true),
                                truth.carry(a2, 2, 20, FIRST, false),
                                truth.carry(a1, 3, 30, FIRST, false)),
                        List.of(truth.heartbeats(a1, 4, FIRST))));
    }

    /** More of what was open, one more of each kind. */
    private void bookSecond() {
        clock.set(SECOND);
        book(
                new TenantBatch(
                        tenant,
                        SECOND,
                        List.of(
                                truth.carry(a2, 2, 5, SECOND, false),
                                truth.carry(a1, 3, 7, SECOND, true),
                                truth.carry(a1, 4, 9, SECOND, true),
                                truth.carry(a2, 5, 11, SECOND, false)),
                        List.of(truth.heartbeats(a1, 2, SECOND), truth.heartbeats(a2, 3, SECOND))));
    }

    /** Brings Redis back, has everything read that was, and more in the next month. */
    private void recoverAndReadOn() {
        assertThat(stores.recovery(clock).run()).isTrue();
        batches.forEach(this::apply);
        clock.set(THIRD);
        apply(
                new TenantBatch(
                        tenant,
                        THIRD,
                        List.of(
                                truth.carry(a2, 2, 6, THIRD, false),
                                truth.carry(a2, 5, 8, THIRD, true)),
                        List.of(truth.heartbeats(a2, 1, THIRD))));
        apply(truth.everything(THIRD));
    }

    /** Applies it, and keeps it to be read once more. */
    private void book(TenantBatch batch) {
        batches.add(batch);
        apply(batch);
    }

    private void apply(TenantBatch batch) {
        assertThat(applied(batch)).isTrue();
    }

    private boolean applied(TenantBatch batch) {
        try {
            return !ledger().apply(List.of(batch)).isEmpty();
        } catch (LedgerUnavailableException _) {
            return false;
        }
    }

    private Ledger ledger() {
        return stores.ledger(stores.archive(clock));
    }

    private RollupFlush flush(int partBytes) {
        return stores.flush(clock, stores.export(stores.archive(clock)), stores.journal(partBytes));
    }

    /** Redis says what is true, in all and in every hour, day and month. */
    private void assertExact(String when) {
        truth.totals()
                .forEach((slice, expected) ->
                        assertThat(UsageFields.read(stores.redis().hash(redisKey(slice))))
                                .as("%s: %s", when, slice)
                                .isEqualTo(expected));
        for (AgentId agent : List.of(a1, a2)) {
            assertThat(stores.redis().open(tenant, agent)).as(when).isEqualTo(truth.open(agent));
        }
        UsageTotals all = stores.redis().totals(tenant);
        assertThat(UsageFields.read(stores.redis().hash(RedisKeys.GLOBAL)).published())
                .as(when)
                .isEqualTo(all.published());
    }

    /** DynamoDB says the same. */
    private void assertArchived() {
        truth.totals()
                .forEach((slice, expected) ->
                        assertThat(UsageFields.read(new Item(item(slice)).numbers()))
                                .as("DynamoDB: %s", slice)
                                .isEqualTo(expected));
    }

    private Map<String, software.amazon.awssdk.services.dynamodb.model.AttributeValue> item(
            Truth.Slice slice) {
        String own = UsageKeys.tenant(tenant);
        String owner = slice.agent().map(UsageKeys::client).orElse(own);
        return slice.period()
                .map(period ->
                        stores.tables().items(owner).get(UsageKeys.rollup(period, slice.start())))
                .orElseGet(() ->
                        stores.tables()
                                .items(own)
                                .get(slice.agent().map(UsageKeys::total).orElse(UsageKeys.LEDGER)));
    }

    private String redisKey(Truth.Slice slice) {
        Instant at = slice.start();
        return slice.agent()
                .map(agent ->
                        slice.period()
                                .map(period ->
                                        switch (period) {
                                            case HOURLY -> throw new IllegalStateException();
                                            case DAILY -> RedisKeys.clientDay(tenant, agent, at);
                                            case MONTHLY ->
                                                    RedisKeys.clientMonth(tenant, agent, at);
                                        })
                                .orElseGet(() -> RedisKeys.client(tenant, agent)))
                .orElseGet(() ->
                        slice.period()
                                .map(period ->
                                        switch (period) {
                                            case HOURLY -> RedisKeys.tenantHour(tenant, at);
                                            case DAILY -> RedisKeys.tenantDay(tenant, at);
                                            case MONTHLY -> RedisKeys.tenantMonth(tenant, at);
                                        })
                                .orElseGet(() -> RedisKeys.tenant(tenant)));
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
