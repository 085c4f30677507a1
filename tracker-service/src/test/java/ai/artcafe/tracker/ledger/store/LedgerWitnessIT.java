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
import ai.artcafe.tracker.ledger.Claim;
import ai.artcafe.tracker.ledger.NoArchive;
import ai.artcafe.tracker.ledger.Observed;
import ai.artcafe.tracker.ledger.TenantBatch;
import ai.artcafe.tracker.ledger.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import net.jqwik.api.lifecycle.BeforeTry;

/** What is booked beyond the connections' counters. */
class LedgerWitnessIT {

    private static final TenantId ACME = new TenantId("acme");
    private static final AgentId A1 = new AgentId("a1");
    private static final Attribution GATEWAY = new Attribution.Gateway("gw-1");
    private static final Instant AT = Instant.parse("2026-11-30T23:59:00Z");
    private static final ReadingSource SERVER = ReadingSource.natsServer("NSERVER");

    private static TestStores stores;
    private static RedisLedger ledger;
    private static RedisWitness witness;

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
        witness = stores.witness(new NoArchive());
    }

    @Property(tries = 60, shrinking = ShrinkingMode.OFF)
    void claims_that_are_repeated_in_any_order_by_two_book_what_they_book_once(
            @ForAll("claims") List<Claim> claims, @ForAll Random random) {
        RedisWitness other = stores.witness(new NoArchive());
        List<Claim> repeated = new ArrayList<>(claims);
        claims.stream().filter(_ -> random.nextBoolean()).forEach(repeated::add);
        Collections.shuffle(repeated, random);
        List<Adjustment> booked = new ArrayList<>();
        int from = 0;
        while (from < repeated.size()) {
            int to = Math.min(repeated.size(), from + 1 + random.nextInt(3));
            Instant at = AT.plusSeconds(random.nextInt(7200));
            booked.addAll(
                    (random.nextBoolean() ? witness : other)
                            .adjust(ACME, at, repeated.subList(from, to), Optional.empty()));
            from = to;
        }

        Traffic all = claims.stream().map(Claim::amount).reduce(Traffic.NONE, Traffic::plus);
        assertThat(stores.redis().totals(ACME).published()).isEqualTo(all);
        assertThat(booked.stream().map(Adjustment::amount).reduce(Traffic.NONE, Traffic::plus))
                .isEqualTo(all);
        assertThat(LedgerInvariants.adjustments(stores, ACME))
                .containsExactlyInAnyOrderElementsOf(booked);
        LedgerInvariants.assertAddsUp(stores, ACME);
        LedgerInvariants.assertGlobalIs(stores, ACME);
    }

    @Provide
    Arbitrary<List<Claim>> claims() {
        Arbitrary<Attribution> agents =
                Arbitraries.of(A1, new AgentId("a2"), Attribution.UNATTRIBUTED, GATEWAY);
        Arbitrary<Long> numbers = Arbitraries.longs().between(0, 1L << 45);
        return Combinators.combine(
                        Arbitraries.of("w:0:h", "w:0:u", "g:gw-1", "g:gw-2", "c:x"),
                        agents,
                        numbers,
                        numbers)
                .as((cause, agent, messages, bytes) ->
                        claim(cause, agent, new Traffic(messages, bytes), false))
                .list()
                .uniqueElements(Claim::cause)
                .ofMaxSize(5);
    }

    @Example
    void a_claim_that_grows_books_the_difference_and_one_that_shrinks_takes_it_back() {
        assertThat(adjust(claim("g:gw-1", GATEWAY, new Traffic(5, 50), false)))
                .extracting(Adjustment::amount)
                .containsExactly(new Traffic(5, 50));
        assertThat(adjust(claim("g:gw-1", GATEWAY, new Traffic(7, 70), false)))
                .extracting(Adjustment::id)
                .containsExactly("g:gw-1/7/70");
        assertThat(adjust(claim("g:gw-1", GATEWAY, new Traffic(1, 10), false)))
                .extracting(Adjustment::amount)
                .containsExactly(new Traffic(-6, -60));

        assertThat(stores.redis().totals(ACME).published()).isEqualTo(new Traffic(1, 10));
        assertThat(stores.redis().hash(RedisKeys.tenant(ACME)))
                .containsEntry(UsageFields.ADJUSTMENT_MESSAGES, "1");
        assertThat(LedgerInvariants.adjustments(stores, ACME)).hasSize(3);
        assertThat(witness.sums(List.of(ACME)).get(ACME).claimed())
                .isEqualTo(Map.of("g:gw-1", new Traffic(1, 10)));
        LedgerInvariants.assertAddsUp(stores, ACME);
        LedgerInvariants.assertGlobalIs(stores, ACME);
    }

    @Example
    void what_would_take_off_more_than_there_is_waits_until_there_is() {
        Claim credit = claim("c:x", A1, new Traffic(-5, -50), false);
        book(3, 30);

        assertThat(adjust(credit)).isEmpty();
        assertThat(stores.redis().totals(ACME).published()).isEqualTo(new Traffic(3, 30));
        assertThat(LedgerInvariants.adjustments(stores, ACME)).isEmpty();
        book(8, 80);

        assertThat(adjust(credit)).hasSize(1);
        assertThat(adjust(credit)).isEmpty();
        assertThat(stores.redis().totals(ACME).published()).isEqualTo(new Traffic(3, 30));
        LedgerInvariants.assertAddsUp(stores, ACME);
        LedgerInvariants.assertGlobalIs(stores, ACME);
    }

    @Example
    void a_credit_to_the_tenant_as_a_whole_needs_no_agent_to_take_it_from() {
        book(8, 80);

        adjust(claim("c:x", Attribution.UNATTRIBUTED, new Traffic(-5, -50), false));

        assertThat(stores.redis().totals(ACME).published()).isEqualTo(new Traffic(3, 30));
        assertThat(adjust(claim("c:y", Attribution.UNATTRIBUTED, new Traffic(-4, -40), false)))
                .isEmpty();
        LedgerInvariants.assertAddsUp(stores, ACME);
    }

    @Example
    void a_credit_may_leave_an_hour_and_a_day_below_zero() {
        book(8, 80);

        witness.adjust(
                ACME,
                AT.minus(Duration.ofDays(1)),
                List.of(claim("c:x", A1, new Traffic(-5, -50), false)),
                Optional.empty());

        assertThat(stores.redis().totals(ACME).published()).isEqualTo(new Traffic(3, 30));
        LedgerInvariants.assertAddsUp(stores, ACME);
    }

    @Example
    void a_window_ends_once_whoever_ends_it() {
        Claim hidden = claim("w:0:h", A1, new Traffic(5, 50), true);
        Window first = window(0, "1");
        witness.adjust(ACME, AT, List.of(hidden), Optional.empty());

        witness.adjust(
                ACME,
                AT,
                List.of(claim("w:0:h", A1, new Traffic(7, 70), true)),
                Optional.of(first));
        assertThat(
                        stores.witness(new NoArchive())
                                .adjust(
                                        ACME,
                                        AT,
                                        List.of(claim("w:0:h", A1, new Traffic(9, 90), true)),
                                        Optional.of(first)))
                .isEmpty();

        var sums = witness.sums(List.of(ACME)).get(ACME);
        assertThat(sums.window()).isEqualTo(1);
        assertThat(sums.base()).isEqualTo(Map.of("tap", "1"));
        assertThat(sums.claimed()).isEmpty();
        assertThat(stores.redis().totals(ACME).published()).isEqualTo(new Traffic(7, 70));
        assertThat(witness.strikes(ACME, A1)).isEqualTo(1);
        assertThat(stores.redis().hash(RedisKeys.reconciledDay(ACME, AT)))
                .isEqualTo(
                        Map.of(
                                "ledger_messages", "10",
                                "ledger_bytes", "100",
                                "windows", "1",
                                "progress", "1",
                                "settled_through", Long.toString(AT.toEpochMilli())));
    }

    @Example
    void what_is_claimed_of_a_window_that_is_over_is_not_booked_anew() {
        witness.adjust(
                ACME,
                AT,
                List.of(claim("w:0:h", A1, new Traffic(5, 50), false)),
                Optional.of(window(0, "1")));

        assertThat(adjust(claim("w:0:h", A1, new Traffic(5, 50), false))).isEmpty();
        assertThat(adjust(claim("w:1:h", A1, new Traffic(2, 20), false))).hasSize(1);

        witness.adjust(ACME, AT, List.of(), Optional.of(window(1, "2")));
        assertThat(witness.sums(List.of(ACME)).get(ACME).base()).isEqualTo(Map.of("tap", "2"));
        assertThat(stores.redis().hash(RedisKeys.reconciledDay(ACME, AT)))
                .containsEntry("windows", "2");
        assertThat(stores.redis().totals(ACME).published()).isEqualTo(new Traffic(7, 70));
    }

    @Example
    void every_window_in_which_something_is_booked_is_a_strike() {
        for (int i = 0; i < 3; i++) {
            witness.adjust(
                    ACME,
                    AT,
                    List.of(claim("w:" + i + ":h", A1, new Traffic(5, 50), true)),
                    Optional.of(window(i, "x")));
        }
        witness.adjust(
                ACME,
                AT,
                List.of(claim("w:3:h", A1, Traffic.NONE, true)),
                Optional.of(window(3, "x")));

        assertThat(witness.strikes(ACME, A1)).isEqualTo(3);
        assertThat(witness.strikes(ACME, new AgentId("a2"))).isZero();
    }

    @Example
    void a_redis_that_lost_the_second_in_which_a_window_ended_ends_it_again() {
        book(5, 50);
        var before = stores.redis().dump();
        Claim hidden = claim("w:0:h", A1, new Traffic(5, 50), false);
        witness.adjust(ACME, AT, List.of(hidden), Optional.of(window(0, "1")));

        stores.redis().restore(before);
        witness.adjust(ACME, AT, List.of(hidden), Optional.of(window(0, "1")));

        assertThat(stores.redis().totals(ACME).published()).isEqualTo(new Traffic(10, 100));
        assertThat(witness.sums(List.of(ACME)).get(ACME).window()).isEqualTo(1);
        LedgerInvariants.assertAddsUp(stores, ACME);
        LedgerInvariants.assertGlobalIs(stores, ACME);
    }

    @Example
    void a_lease_is_one_trackers_until_it_lets_go() {
        RedisLease mine = stores.lease();
        RedisLease theirs = stores.lease();

        assertThat(mine.holds()).isTrue();
        assertThat(theirs.holds()).isFalse();
        assertThat(mine.holds()).isTrue();
        theirs.release();
        assertThat(mine.holds()).isTrue();
        mine.release();
        assertThat(theirs.holds()).isTrue();
    }

    private static List<Adjustment> adjust(Claim claim) {
        return witness.adjust(ACME, AT, List.of(claim), Optional.empty());
    }

    private static void book(long messages, long bytes) {
        ledger.apply(
                List.of(
                        new TenantBatch(
                                ACME,
                                AT,
                                List.of(
                                        new Observed(
                                                new Reading(
                                                        new ConnectionKey(SERVER, "1"),
                                                        ACME,
                                                        A1,
                                                        AT,
                                                        Counters.of(messages, bytes, 0, 0),
                                                        false),
                                                AT)),
                                List.of())));
    }

    private static Claim claim(String cause, Attribution agent, Traffic amount, boolean strike) {
        return new Claim(
                cause,
                Adjustment.Reason.HIDDEN,
                agent,
                amount,
                AT.minusSeconds(10),
                AT,
                Optional.empty(),
                Map.of("server", "12"),
                strike);
    }

    private static Window window(long number, String tap) {
        return new Window(number, Map.of("tap", tap), Map.of("ledger", new Traffic(10, 100)), AT);
    }
}
