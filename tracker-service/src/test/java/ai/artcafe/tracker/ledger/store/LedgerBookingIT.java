package ai.artcafe.tracker.ledger.store;

import static org.assertj.core.api.Assertions.assertThat;

import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.Attribution;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.key.RedisKeys;
import ai.artcafe.model.key.UsageFields;
import ai.artcafe.model.usage.Adjustment;
import ai.artcafe.model.usage.ConnectionKey;
import ai.artcafe.model.usage.Counters;
import ai.artcafe.model.usage.Reading;
import ai.artcafe.model.usage.ReadingSource;
import ai.artcafe.model.usage.Traffic;
import ai.artcafe.stack.Backing;
import ai.artcafe.stack.LocalStack;
import ai.artcafe.tracker.TestStores;
import ai.artcafe.tracker.ledger.LedgerModel;
import ai.artcafe.tracker.ledger.NoArchive;
import ai.artcafe.tracker.ledger.Observed;
import ai.artcafe.tracker.ledger.ReadingHistories;
import ai.artcafe.tracker.ledger.Sums;
import ai.artcafe.tracker.ledger.TenantBatch;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import net.jqwik.api.lifecycle.BeforeTry;

/** Where readings are booked that come late, and what adds up to what. */
class LedgerBookingIT {

    private static final TenantId ACME = ReadingHistories.TENANT;
    private static final AgentId A1 = new AgentId("a1");
    private static final ReadingSource SERVER = ReadingSource.natsServer("NSERVER");
    private static final NoArchive NO_ARCHIVE = new NoArchive();

    private static TestStores stores;
    private static RedisLedger ledger;

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

    @Property(tries = 60, shrinking = ShrinkingMode.OFF)
    void whenever_readings_come_everything_adds_up_to_what_the_rule_gives(
            @ForAll("histories") List<Observed> readings,
            @ForAll("moments") Instant now,
            @ForAll Random random) {
        LedgerModel model = new LedgerModel();
        model.apply(List.of(ReadingHistories.batch(readings)));

        RedisLedger other = stores.ledger();
        List<TenantBatch> mine = ReadingHistories.disorder(readings, now, random);
        List<TenantBatch> theirs = ReadingHistories.disorder(readings, now, random);
        for (int i = 0; i < Math.max(mine.size(), theirs.size()); i++) {
            if (i < mine.size()) {
                ledger.apply(List.of(mine.get(i)));
            }
            if (i < theirs.size()) {
                other.apply(List.of(theirs.get(i)));
            }
        }

        assertThat(stores.redis().totals(ACME)).isEqualTo(model.totals(ACME));
        LedgerInvariants.assertAddsUp(stores, ACME);
        LedgerInvariants.assertGlobalIs(stores, ACME);
        assertThat(LedgerInvariants.adjustments(stores, ACME))
                .allSatisfy(late -> assertThat(late.reason()).isEqualTo(Adjustment.Reason.LATE));
        assertThat(sums().agents()).isEqualTo(expected(readings, false));
        assertThat(sums().links().getOrDefault("n:NSERVER", Map.of()))
                .isEqualTo(
                        Optional.ofNullable(expected(readings, true).get("n:NSERVER"))
                                .map(counters -> Map.of("gw-1", counters))
                                .orElseGet(Map::of));
    }

    @Provide
    Arbitrary<List<Observed>> histories() {
        return ReadingHistories.histories();
    }

    /** While the months of the histories are open, in their grace and closed. */
    @Provide
    Arbitrary<Instant> moments() {
        return Arbitraries.of(
                ReadingHistories.AT,
                Instant.parse("2026-12-02T10:00:00Z"),
                Instant.parse("2026-12-04T00:00:00Z"));
    }

    private static Sums sums() {
        return stores.witness(NO_ARCHIVE).sums(List.of(ACME)).get(ACME);
    }

    /** By source, the highest that each connection has shown; what is zero is left out. */
    private static Map<String, Counters> expected(List<Observed> readings, boolean links) {
        Map<ConnectionKey, Counters> connections = new HashMap<>();
        for (Observed observed : readings) {
            if (observed.reading().agent() instanceof Attribution.Gateway == links) {
                connections.merge(
                        observed.reading().connection(),
                        observed.reading().counters(),
                        Counters::max);
            }
        }
        Map<String, Counters> sums = new HashMap<>();
        connections.forEach((connection, counters) ->
                sums.merge(connection.source().key(), counters, LedgerBookingIT::plus));
        sums.values().removeIf(Counters.ZERO::equals);
        return sums;
    }

    private static Counters plus(Counters one, Counters other) {
        return new Counters(
                one.inMessages() + other.inMessages(),
                one.inBytes() + other.inBytes(),
                one.outMessages() + other.outMessages(),
                one.outBytes() + other.outBytes(),
                one.controlMessages() + other.controlMessages(),
                one.controlBytes() + other.controlBytes());
    }

    @Example
    void what_is_read_late_is_booked_in_the_hour_it_was_counted_in() {
        Instant counted = Instant.parse("2026-11-20T10:30:00Z");

        apply(ReadingHistories.AT, A1, counted, Counters.of(3, 30, 1, 10));

        assertThat(UsageFields.read(stores.redis().hash(RedisKeys.tenantHour(ACME, counted))))
                .isEqualTo(
                        UsageFields.read(
                                stores.redis().hash(RedisKeys.clientDay(ACME, A1, counted))))
                .isEqualTo(stores.redis().totals(ACME));
        assertThat(stores.hoursToWrite(ACME))
                .containsExactly(Instant.parse("2026-11-20T10:00:00Z"));
        assertThat(LedgerInvariants.adjustments(stores, ACME)).isEmpty();
    }

    @Example
    void what_comes_after_its_month_was_closed_is_an_adjustment_in_the_open_one_once() {
        Instant now = Instant.parse("2026-12-04T00:00:00Z");
        Instant counted = Instant.parse("2026-11-20T10:30:00Z");

        apply(now, A1, counted, Counters.of(3, 30, 1, 10));
        apply(now.plusSeconds(1), A1, counted, Counters.of(3, 30, 1, 10));

        var month = stores.redis().hash(RedisKeys.tenantMonth(ACME, now));
        assertThat(UsageFields.read(month)).isEqualTo(stores.redis().totals(ACME));
        assertThat(month)
                .containsEntry(UsageFields.PUBLISHED, "3")
                .containsEntry(UsageFields.ADJUSTMENT_MESSAGES, "3")
                .containsEntry(UsageFields.ADJUSTMENT_BYTES, "30");
        assertThat(stores.redis().hash(RedisKeys.tenantMonth(ACME, counted))).isEmpty();
        assertThat(LedgerInvariants.adjustments(stores, ACME))
                .containsExactly(
                        new Adjustment(
                                "late/n:NSERVER/1/3/30",
                                Adjustment.Reason.LATE,
                                A1,
                                new Traffic(3, 30),
                                now,
                                Instant.parse("2026-11-20T10:00:00Z"),
                                counted,
                                Optional.of("202611"),
                                Map.of("connections", "1")));
    }

    @Example
    void a_gateways_own_connection_is_a_witness_and_in_no_total() {
        Attribution link = new Attribution.Gateway("gw-1");
        apply(ReadingHistories.AT, link, ReadingHistories.AT, Counters.of(3, 30, 1, 10));

        assertThat(sums().links())
                .isEqualTo(Map.of("n:NSERVER", Map.of("gw-1", Counters.of(3, 30, 1, 10))));
        assertThat(sums().agents()).isEmpty();
        assertThat(stores.redis().hash(RedisKeys.tenant(ACME))).isEmpty();
        assertThat(stores.redis().hash(RedisKeys.openConnections(ACME))).isEmpty();
        assertThat(stores.redis().hash(RedisKeys.positions(ACME))).hasSize(1);
    }

    @Example
    void what_a_source_has_counted_is_exact_beyond_what_a_script_can_count() {
        long large = (1L << 53) - 1;
        for (int i = 0; i < 5; i++) {
            ledger.apply(
                    List.of(
                            new TenantBatch(
                                    ACME,
                                    ReadingHistories.AT,
                                    List.of(
                                            observed(
                                                    A1,
                                                    Integer.toString(i),
                                                    ReadingHistories.AT,
                                                    Counters.of(1, large, 999_999_999, large))),
                                    List.of())));
        }

        assertThat(sums().agents())
                .containsEntry("n:NSERVER", Counters.of(5, 5 * large, 5 * 999_999_999L, 5 * large));
        LedgerInvariants.assertAddsUp(stores, ACME);
        LedgerInvariants.assertGlobalIs(stores, ACME);
    }

    private static void apply(Instant now, Attribution agent, Instant at, Counters counters) {
        ledger.apply(
                List.of(
                        new TenantBatch(
                                ACME,
                                now,
                                List.of(observed(agent, "1", at, counters)),
                                List.of())));
    }

    private static Observed observed(Attribution agent, String cid, Instant at, Counters counters) {
        return new Observed(
                new Reading(
                        new ConnectionKey(SERVER, cid),
                        ACME,
                        agent,
                        at.minusSeconds(1800),
                        counters,
                        false),
                at);
    }
}
