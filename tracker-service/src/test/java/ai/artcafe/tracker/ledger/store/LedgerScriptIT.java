package ai.artcafe.tracker.ledger.store;

import static org.assertj.core.api.Assertions.assertThat;

import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.Attribution;
import ai.artcafe.model.identity.ConnectionOwner;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.key.RedisKeys;
import ai.artcafe.model.key.UsageFields;
import ai.artcafe.model.usage.ConnectionKey;
import ai.artcafe.model.usage.Counters;
import ai.artcafe.model.usage.Reading;
import ai.artcafe.model.usage.ReadingSource;
import ai.artcafe.model.usage.Traffic;
import ai.artcafe.stack.Backing;
import ai.artcafe.stack.LocalStack;
import ai.artcafe.tracker.TestStores;
import ai.artcafe.tracker.ledger.Applied;
import ai.artcafe.tracker.ledger.ControlCount;
import ai.artcafe.tracker.ledger.LedgerModel;
import ai.artcafe.tracker.ledger.NoArchive;
import ai.artcafe.tracker.ledger.Observed;
import ai.artcafe.tracker.ledger.ReadingHistories;
import ai.artcafe.tracker.ledger.TenantBatch;
import io.vertx.mutiny.redis.client.Command;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import net.jqwik.api.lifecycle.BeforeTry;

class LedgerScriptIT {

    private static final TenantId ACME = ReadingHistories.TENANT;
    private static final AgentId A1 = new AgentId("a1");
    private static final Instant AT = ReadingHistories.AT;
    private static final ReadingSource SERVER = ReadingSource.natsServer("NSERVER");

    private static TestStores stores;
    private static RedisLedger ledger; // a new one each time: it would notice an emptied Redis

    @BeforeContainer
    static void connect() {
        stores = new TestStores(LocalStack.shared(Backing.REDIS), Map.of());
    }

    @AfterContainer
    static void disconnect() {
        stores.close();
    }

    @BeforeTry
    void empty() {
        stores.redis().clear();
        ledger = stores.ledger();
    }

    @Property(tries = 150, shrinking = ShrinkingMode.OFF)
    void any_order_repetition_split_and_two_appliers_give_what_the_rule_gives(
            @ForAll("histories") List<Observed> readings, @ForAll Random random) {
        LedgerModel model = new LedgerModel();
        model.apply(List.of(ReadingHistories.batch(readings)));

        RedisLedger other = stores.ledger();
        List<TenantBatch> mine = ReadingHistories.disorder(readings, random);
        List<TenantBatch> theirs = ReadingHistories.disorder(readings, random);
        for (int i = 0; i < Math.max(mine.size(), theirs.size()); i++) {
            if (i < mine.size()) {
                ledger.apply(List.of(mine.get(i)));
            }
            if (i < theirs.size()) {
                other.apply(List.of(theirs.get(i)));
            }
        }

        assertThat(stores.redis().totals(ACME)).isEqualTo(model.totals(ACME));
        for (String name : List.of("a1", "a2", "a3")) {
            AgentId agent = new AgentId(name);
            assertThat(stores.redis().totals(ACME, agent)).isEqualTo(model.totals(ACME, agent));
            assertThat(stores.redis().open(ACME, agent)).isEqualTo(model.open(ACME, agent));
        }
        assertThat(UsageFields.read(stores.redis().hash(RedisKeys.GLOBAL)))
                .isEqualTo(model.totals(ACME));
    }

    @Provide
    Arbitrary<List<Observed>> histories() {
        return ReadingHistories.histories();
    }

    @Example
    void large_numbers_are_exact_to_the_last_byte() {
        long large = (1L << 53) - 1;
        long beyond31 = (1L << 31) + 7;
        apply(AT, reading("1", counters(beyond31, large - 5, 3, beyond31), false));
        apply(AT, reading("1", counters(beyond31 + 1, large, 4, beyond31 + 2), false));

        assertThat(stores.redis().totals(ACME).published())
                .isEqualTo(new Traffic(beyond31 + 1, large));
        assertThat(stores.redis().totals(ACME).delivered()).isEqualTo(new Traffic(4, beyond31 + 2));
        assertThat(stores.redis().hash(RedisKeys.tenant(ACME)))
                .containsEntry("messages", Long.toString(beyond31 + 5))
                .containsEntry("bytes", Long.toString(large + beyond31 + 2))
                .containsEntry("progress", Long.toString(large + 2 * beyond31 + 1 + 4 + 2 + 1));
        assertThat(stores.redis().hash(RedisKeys.positions(ACME)).get("n:NSERVER/1"))
                .isEqualTo(
                        new Position(
                                        Position.State.OPEN,
                                        Instant.ofEpochMilli(AT.toEpochMilli()),
                                        Optional.empty(),
                                        A1,
                                        counters(beyond31 + 1, large, 4, beyond31 + 2))
                                .format());
    }

    @Example
    void a_connection_across_an_hour_is_booked_in_both_and_hours_sum_to_the_day() {
        Instant before = Instant.parse("2026-11-21T03:59:59.900Z");
        Instant after = Instant.parse("2026-11-21T04:00:00.100Z");
        apply(before, reading("1", counters(10, 100, 1, 5), false));
        apply(after, reading("1", counters(15, 170, 1, 5), true));

        var first = UsageFields.read(stores.redis().hash(RedisKeys.tenantHour(ACME, before)));
        var second = UsageFields.read(stores.redis().hash(RedisKeys.tenantHour(ACME, after)));
        assertThat(first.published()).isEqualTo(new Traffic(10, 100));
        assertThat(second.published()).isEqualTo(new Traffic(5, 70));
        assertThat(first.plus(second))
                .isEqualTo(UsageFields.read(stores.redis().hash(RedisKeys.tenantDay(ACME, after))))
                .isEqualTo(
                        UsageFields.read(stores.redis().hash(RedisKeys.tenantMonth(ACME, after))))
                .isEqualTo(stores.redis().totals(ACME))
                .isEqualTo(stores.redis().totals(ACME, A1))
                .isEqualTo(
                        UsageFields.read(stores.redis().hash(RedisKeys.clientDay(ACME, A1, after))))
                .isEqualTo(
                        UsageFields.read(
                                stores.redis().hash(RedisKeys.clientMonth(ACME, A1, after))));
        assertThat(stores.hoursToWrite(ACME))
                .containsExactlyInAnyOrder(
                        Instant.parse("2026-11-21T03:00:00Z"),
                        Instant.parse("2026-11-21T04:00:00Z"));
    }

    @Example
    void what_users_send_through_a_gateway_is_billed_and_is_no_agents_connection() {
        ReadingSource gateway = ReadingSource.gateway("gw-1", 42);
        Attribution.Api api = new Attribution.Api(ACME);
        Observed open =
                new Observed(
                        new Reading(
                                new ConnectionKey(gateway, "api-1"),
                                ACME,
                                api,
                                AT,
                                new Counters(3, 30, 1, 10, 2, 8),
                                false),
                        AT);

        apply(AT, open, open);

        assertThat(stores.redis().totals(ACME).published()).isEqualTo(new Traffic(3, 30));
        assertThat(stores.redis().totals(ACME).delivered()).isEqualTo(new Traffic(1, 10));
        assertThat(stores.redis().totals(ACME).control()).isEqualTo(new Traffic(2, 8));
        assertThat(stores.redis().totals(ACME).connections()).isZero();
        assertThat(UsageFields.read(stores.redis().hash(RedisKeys.client(ACME, api))))
                .isEqualTo(stores.redis().totals(ACME));
        assertThat(stores.redis().hash(RedisKeys.openConnections(ACME))).isEmpty();
        assertThat(
                        stores.witness(new NoArchive())
                                .sums(List.of(ACME))
                                .get(ACME)
                                .agents()
                                .get(gateway.key()))
                .as("what the gateway's link has carried: its notices, too")
                .isEqualTo(new Counters(5, 38, 1, 10, 2, 8));
    }

    @Example
    void opening_and_closing_count_once_however_often_and_in_which_order_they_are_told() {
        Observed open = reading("1", counters(1, 1, 0, 0), false);
        Observed closed = reading("1", counters(2, 2, 0, 0), true);

        apply(AT, open, open);
        assertThat(stores.redis().open(ACME, A1)).isEqualTo(1);
        apply(AT, closed, open, closed);
        apply(AT, open);
        assertThat(stores.redis().open(ACME, A1)).isZero();
        assertThat(stores.redis().hash(RedisKeys.openConnections(ACME))).isEmpty();
        apply(AT, reading("2", counters(1, 1, 0, 0), true));
        assertThat(stores.redis().open(ACME, A1)).isZero();
        assertThat(stores.redis().totals(ACME).connections()).isEqualTo(2);
    }

    @Example
    void an_idle_connection_counts_as_opened() {
        apply(AT, reading("1", Counters.ZERO, false));

        assertThat(stores.redis().totals(ACME).connections()).isEqualTo(1);
        assertThat(stores.redis().open(ACME, A1)).isEqualTo(1);
    }

    @Example
    void the_last_seconds_show_what_was_booked_in_them() {
        apply(AT, reading("1", counters(10, 100, 0, 0), false));
        apply(AT, reading("1", counters(12, 120, 0, 0), false));
        apply(AT.plusSeconds(1), reading("1", counters(13, 130, 0, 0), false));
        apply(AT.plusSeconds(120), reading("1", counters(20, 200, 0, 0), false));

        long second = AT.getEpochSecond();
        assertThat(stores.redis().hash(RedisKeys.recentSeconds(ACME)))
                .containsEntry(Long.toString(second % 120), (second + 120) + ":7:70")
                .containsEntry(Long.toString((second + 1) % 120), (second + 1) + ":1:10");
    }

    @Example
    void a_minute_shows_what_each_agent_published_in_it_however_often_that_is_told() {
        apply(AT, reading("1", counters(10, 100, 3, 30), false));
        apply(AT, reading("1", counters(12, 120, 3, 30), false));
        apply(AT, reading("1", counters(12, 120, 9, 90), false));
        apply(AT.plusSeconds(60), reading("1", counters(13, 130, 9, 90), true));

        assertThat(stores.redis().hash(RedisKeys.flowAgents(ACME, AT)))
                .isEqualTo(Map.of("m:a1", "12", "b:a1", "120"));
        assertThat(stores.redis().hash(RedisKeys.flowAgents(ACME, AT.plusSeconds(60))))
                .isEqualTo(Map.of("m:a1", "1", "b:a1", "10"));
    }

    @Example
    void control_moves_out_of_what_its_own_batch_adds_and_the_rest_waits() {
        Applied early =
                apply(
                        List.of(reading("1", counters(3, 30, 0, 0), false)),
                        new ControlCount(A1, "tap", new Traffic(5, 50), false));
        assertThat(early.moved()).containsEntry("tap", new Traffic(3, 30));
        assertThat(stores.redis().totals(ACME).published()).isEqualTo(Traffic.NONE);

        Applied later =
                apply(
                        List.of(reading("1", counters(10, 100, 0, 0), false)),
                        new ControlCount(A1, "tap", new Traffic(5, 50), false));
        assertThat(later.moved()).containsEntry("tap", new Traffic(5, 50));
        assertThat(stores.redis().totals(ACME).published()).isEqualTo(new Traffic(5, 50));
        assertThat(stores.redis().totals(ACME).control()).isEqualTo(new Traffic(5, 50));
    }

    @Example
    void control_that_is_told_again_moves_nothing() {
        ControlCount count = new ControlCount(A1, "tap", new Traffic(5, 50), true);
        apply(List.of(reading("1", counters(10, 100, 0, 0), false)), count);
        apply(List.of(), count);

        assertThat(stores.redis().totals(ACME, A1).published()).isEqualTo(new Traffic(5, 50));
        assertThat(stores.redis().totals(ACME, A1).control()).isEqualTo(new Traffic(5, 50));
        assertThat(UsageFields.read(stores.redis().hash(RedisKeys.GLOBAL)))
                .isEqualTo(stores.redis().totals(ACME));
    }

    @Example
    void overdue_control_is_taken_from_what_is_booked_but_never_below_zero_in_any_period() {
        Instant nextHour = AT.plus(Duration.ofHours(1));
        apply(AT, reading("1", counters(10, 100, 0, 0), false));
        apply(nextHour, reading("1", counters(12, 120, 0, 0), false));

        ledger.apply(
                List.of(
                        new TenantBatch(
                                ACME,
                                nextHour,
                                List.of(),
                                List.of(new ControlCount(A1, "tap", new Traffic(5, 50), true)))));

        assertThat(
                        UsageFields.read(stores.redis().hash(RedisKeys.tenantHour(ACME, nextHour)))
                                .published())
                .isEqualTo(Traffic.NONE);
        assertThat(stores.redis().totals(ACME).published()).isEqualTo(new Traffic(10, 100));
        assertThat(stores.redis().totals(ACME).control()).isEqualTo(new Traffic(2, 20));
        assertThat(UsageFields.read(stores.redis().hash(RedisKeys.GLOBAL)))
                .isEqualTo(stores.redis().totals(ACME));
    }

    @Example
    void a_pin_stays_what_it_was_at_first_sight() {
        var first = new ConnectionOwner.Agent(ACME, A1);
        var rewritten = new ConnectionOwner.Agent(new TenantId("evil"), new AgentId("a9"));

        assertThat(ledger.pin("NSERVER", Map.of(1L, first))).containsEntry(1L, first);
        assertThat(stores.ledger().pin("NSERVER", Map.of(1L, rewritten, 2L, rewritten)))
                .containsEntry(1L, first)
                .containsEntry(2L, rewritten);
        assertThat(ledger.pinned("NSERVER", List.of(1L, 3L))).containsOnlyKeys(1L);
    }

    @Example
    void a_source_never_moves_back_and_leaves_with_its_open_connections() {
        ledger.readThrough(Map.of(SERVER, AT));
        ledger.readThrough(Map.of(SERVER, AT.minusSeconds(5)));
        assertThat(ledger.sources())
                .containsEntry(
                        "n:NSERVER",
                        AT.with(java.time.temporal.ChronoField.NANO_OF_SECOND, 678_000_000));
        apply(AT, reading("1", counters(1, 1, 0, 0), false));

        ledger.leave("n:NSERVER", AT);

        assertThat(ledger.sources()).isEmpty();
        assertThat(stores.redis().open(ACME, A1)).isZero();
        apply(AT, reading("1", counters(2, 2, 0, 0), false));
        assertThat(stores.redis().open(ACME, A1)).isZero();
        apply(AT.plusSeconds(1), reading("1", counters(2, 2, 0, 0), false));
        assertThat(stores.redis().open(ACME, A1)).isEqualTo(1);
        apply(AT.plusSeconds(2), reading("1", counters(2, 2, 0, 0), true));
        assertThat(stores.redis().open(ACME, A1)).isZero();
        assertThat(stores.redis().totals(ACME).connections()).isEqualTo(1);
    }

    @Example
    void long_closed_connections_are_dropped_and_readings_of_them_count_no_more() {
        ledger.pin("NSERVER", Map.of(1L, new ConnectionOwner.Agent(ACME, A1)));
        apply(AT, reading("1", counters(5, 50, 0, 0), true));
        apply(AT, reading("2", counters(7, 70, 0, 0), false));
        Instant later = AT.plus(Duration.ofHours(3));
        ledger.readThrough(Map.of(SERVER, later));

        ledger.settle(later);
        assertThat(stores.redis().hash(RedisKeys.positions(ACME))).hasSize(2);
        stores.export().written(ACME, stores.export().cut(ACME).orElseThrow().revision());
        ledger.settle(later);

        assertThat(stores.redis().hash(RedisKeys.positions(ACME))).containsOnlyKeys("n:NSERVER/2");
        assertThat(stores.redis().hash(RedisKeys.pins("NSERVER"))).isEmpty();
        apply(AT, reading("1", counters(5, 50, 0, 0), true));
        assertThat(stores.redis().totals(ACME).published()).isEqualTo(new Traffic(12, 120));
    }

    @Example
    void a_server_with_a_clock_that_is_ahead_counts_nothing_twice() {
        Instant ahead = AT.plusSeconds(5);
        Observed last = new Observed(reading("1", counters(5, 50, 0, 0), true).reading(), ahead);
        ledger.apply(List.of(new TenantBatch(ACME, AT, List.of(last), List.of())));
        stores.export().written(ACME, stores.export().cut(ACME).orElseThrow().revision());
        ledger.readThrough(Map.of(SERVER, AT.plus(Duration.ofHours(1)).plusSeconds(1)));
        Instant later = AT.plus(Duration.ofHours(3));

        ledger.settle(later);
        ledger.apply(List.of(new TenantBatch(ACME, later, List.of(last), List.of())));

        assertThat(stores.redis().totals(ACME).published()).isEqualTo(new Traffic(5, 50));
        assertThat(stores.redis().totals(ACME).connections()).isEqualTo(1);
    }

    @Example
    void a_redis_that_lost_its_last_second_is_told_again_what_it_knew() {
        RedisLedger writer = stores.ledger();
        apply(writer, reading("1", counters(5, 50, 0, 0), false));
        writer.readThrough(Map.of(SERVER, AT));
        var before = stores.redis().dump();
        apply(writer, reading("1", counters(9, 90, 0, 0), true));
        apply(writer, reading("2", counters(1, 10, 0, 0), true));
        writer.readThrough(Map.of(SERVER, AT.plusSeconds(1)));

        stores.redis().restore(before);
        assertThat(stores.redis().totals(ACME).published()).isEqualTo(new Traffic(5, 50));
        writer.readThrough(Map.of(SERVER, AT.plusSeconds(2)));

        assertThat(stores.redis().totals(ACME).published()).isEqualTo(new Traffic(10, 100));
        assertThat(stores.redis().totals(ACME).connections()).isEqualTo(2);
        assertThat(stores.redis().open(ACME, A1)).isZero();
        assertThat(UsageFields.read(stores.redis().hash(RedisKeys.GLOBAL)))
                .isEqualTo(stores.redis().totals(ACME));
    }

    private static void apply(RedisLedger writer, Observed reading) {
        writer.apply(List.of(new TenantBatch(ACME, AT, List.of(reading), List.of())));
    }

    @Example
    void a_redis_that_has_not_seen_the_script_gets_it() {
        stores.redis().send(Command.SCRIPT, "FLUSH");
        apply(AT, reading("1", counters(1, 1, 0, 0), false));

        assertThat(stores.redis().totals(ACME).published()).isEqualTo(new Traffic(1, 1));
    }

    @Example
    void what_is_of_a_period_expires_and_totals_do_not() {
        apply(AT, reading("1", counters(1, 1, 0, 0), false));

        assertThat(ttl(RedisKeys.tenantHour(ACME, AT))).isBetween(8 * 86_400 - 120L, 8 * 86_400L);
        assertThat(ttl(RedisKeys.clientDay(ACME, A1, AT)))
                .isBetween(8 * 86_400 - 120L, 8 * 86_400L);
        assertThat(ttl(RedisKeys.dayAgents(ACME, AT))).isBetween(8 * 86_400 - 120L, 8 * 86_400L);
        assertThat(ttl(RedisKeys.tenantMonth(ACME, AT)))
                .isBetween(62 * 86_400 - 120L, 62 * 86_400L);
        assertThat(ttl(RedisKeys.recentSeconds(ACME))).isBetween(300 - 120L, 300L);
        assertThat(ttl(RedisKeys.tenant(ACME))).isEqualTo(-1);
        assertThat(ttl(RedisKeys.client(ACME, A1))).isEqualTo(-1);
    }

    /** What is left of it, in seconds. */
    private static long ttl(String key) {
        return stores.redis().send(Command.TTL, key).orElseThrow().toLong();
    }

    private static Applied apply(List<Observed> readings, ControlCount control) {
        return ledger.apply(List.of(new TenantBatch(ACME, AT, readings, List.of(control))))
                .getFirst();
    }

    /** Readings that are taken at that time. */
    private static void apply(Instant at, Observed... readings) {
        ledger.apply(
                List.of(
                        new TenantBatch(
                                ACME,
                                at,
                                Stream.of(readings)
                                        .map(observed -> new Observed(observed.reading(), at))
                                        .toList(),
                                List.of())));
    }

    private static Observed reading(String cid, Counters counters, boolean last) {
        return new Observed(
                new Reading(new ConnectionKey(SERVER, cid), ACME, A1, AT, counters, last), AT);
    }

    private static Counters counters(long in, long inBytes, long out, long outBytes) {
        return Counters.of(in, inBytes, out, outBytes);
    }
}
