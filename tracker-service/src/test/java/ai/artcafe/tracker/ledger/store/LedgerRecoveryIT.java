package ai.artcafe.tracker.ledger.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.Attribution;
import ai.artcafe.model.identity.ConnectionOwner;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.key.RedisKeys;
import ai.artcafe.model.usage.Adjustment;
import ai.artcafe.model.usage.ConnectionKey;
import ai.artcafe.model.usage.Counters;
import ai.artcafe.model.usage.Gap;
import ai.artcafe.model.usage.Reading;
import ai.artcafe.model.usage.ReadingSource;
import ai.artcafe.model.usage.Traffic;
import ai.artcafe.stack.Backing;
import ai.artcafe.stack.LocalStack;
import ai.artcafe.tracker.Json;
import ai.artcafe.tracker.TestStores;
import ai.artcafe.tracker.ledger.ArchiveInMemory;
import ai.artcafe.tracker.ledger.Claim;
import ai.artcafe.tracker.ledger.ControlCount;
import ai.artcafe.tracker.ledger.LedgerUnavailableException;
import ai.artcafe.tracker.ledger.Observed;
import ai.artcafe.tracker.ledger.ReadingHistories;
import ai.artcafe.tracker.ledger.Sums;
import ai.artcafe.tracker.ledger.TenantBatch;
import ai.artcafe.tracker.ledger.Window;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.vertx.mutiny.redis.client.Command;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import net.jqwik.api.lifecycle.BeforeTry;

/** A Redis that was emptied, sources that were lost: nothing counts twice, nothing is forgotten. */
class LedgerRecoveryIT {

    /** What is of the moment. */
    private static final List<String> NOT_BROUGHT_BACK =
            List.of("ledger:dirty", "tracker:seconds", "flow:");

    private static final TenantId KEPT = new TenantId("kept");
    private static final TenantId WIPED = new TenantId("wiped");
    private static final AgentId A1 = new AgentId("a1");
    private static final Instant AT = ReadingHistories.AT;
    private static final ReadingSource SERVER = ReadingSource.natsServer("NSERVER");

    private static TestStores stores;
    private ArchiveInMemory archive;
    private RedisLedger ledger;
    private RedisWitness witness;
    private RedisExport export;

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
        archive = new ArchiveInMemory();
        ledger = stores.ledger(archive);
        witness = stores.witness(archive);
        export = stores.export(archive);
    }

    /** What happens to both tenants; the wiped one may be told it again. */
    private record Step(Instant at, Consumer<TenantId> booking) {}

    @Property(tries = 50, shrinking = ShrinkingMode.OFF)
    void a_ledger_that_is_wiped_and_brought_back_is_the_one_that_never_was(
            @ForAll("histories") List<Observed> readings, @ForAll Random random) {
        List<TenantBatch> batches = ReadingHistories.disorder(readings, random);
        List<Step> unwritten = new ArrayList<>();
        Instant now = AT;
        int next = 0;
        for (int i = 0; i < 40; i++) {
            now = now.plusSeconds(random.nextInt(600));
            switch (random.nextInt(12)) {
                case 0, 1 -> {
                    flush();
                    unwritten.clear();
                }
                case 2, 3 -> {
                    stores.redis().wipe(WIPED);
                    export.restore(WIPED);
                    unwritten.forEach(step -> step.booking.accept(WIPED));
                }
                case 4 -> {
                    if (next == batches.size()) { // else it would not be read through
                        ledger.readThrough(Map.of(SERVER, now));
                        ledger.settle(now);
                        flush();
                        unwritten.clear();
                    }
                }
                case 5 -> {
                    ledger.leave(random.nextBoolean() ? "n:NSERVER" : "g:gw-1.42", now);
                    flush();
                    unwritten.clear();
                }
                case 6, 7 -> book(unwritten, claiming(now, random));
                default -> {
                    if (next < batches.size()) {
                        book(unwritten, applying(batches.get(next++), now));
                    }
                }
            }
        }
        stores.redis().wipe(WIPED);
        unwritten.forEach(step -> step.booking.accept(WIPED));
        export.restore(WIPED);
        Instant end = now;
        batches.subList(next, batches.size()).forEach(batch -> applyToBoth(batch, end));
        flush();
        ledger.readThrough(Map.of(SERVER, end));
        ledger.settle(end); // the one that was brought back still has what the other has settled

        assertThat(ledgerOf(WIPED)).isEqualTo(ledgerOf(KEPT));
        LedgerInvariants.assertAddsUp(stores, WIPED);
        LedgerInvariants.assertGlobalIs(stores, KEPT, WIPED);
    }

    private void applyToBoth(TenantBatch batch, Instant now) {
        Step step = applying(batch, now);
        step.booking.accept(KEPT);
        step.booking.accept(WIPED);
    }

    private static void book(List<Step> unwritten, Step step) {
        step.booking.accept(KEPT);
        step.booking.accept(WIPED);
        unwritten.add(step);
    }

    private Step applying(TenantBatch batch, Instant now) {
        List<ControlCount> control =
                List.of(
                        new ControlCount(
                                A1, "a1/tap", new Traffic(now.getEpochSecond() % 1000, 10), true));
        return new Step(
                now,
                tenant ->
                        assertThat(
                                        ledger.apply(
                                                List.of(
                                                        new TenantBatch(
                                                                tenant,
                                                                now,
                                                                batch.readings().stream()
                                                                        .map(observed ->
                                                                                of(
                                                                                        tenant,
                                                                                        observed))
                                                                        .toList(),
                                                                control))))
                                .hasSize(1));
    }

    private static Observed of(TenantId tenant, Observed observed) {
        Reading reading = observed.reading();
        return new Observed(
                new Reading(
                        reading.connection(),
                        tenant,
                        reading.agent(),
                        reading.openedAt(),
                        reading.counters(),
                        reading.last()),
                observed.at());
    }

    private Step claiming(Instant now, Random random) {
        long window = sums(KEPT).window();
        Claim claim =
                claim(
                        random.nextBoolean() ? "g:gw-1" : "w:" + window + ":u",
                        new Traffic(random.nextInt(100), random.nextInt(1000)),
                        now);
        Optional<Window> end =
                random.nextBoolean()
                        ? Optional.of(
                                new Window(
                                        window,
                                        Map.of("n:NSERVER", Long.toString(random.nextLong())),
                                        Map.of("server", new Traffic(random.nextInt(100), 7)),
                                        now))
                        : Optional.empty();
        return new Step(now, tenant -> witness.adjust(tenant, now, List.of(claim), end));
    }

    private static Claim claim(String cause, Traffic amount, Instant at) {
        return new Claim(
                cause,
                Adjustment.Reason.UNCOUNTED,
                Attribution.UNATTRIBUTED,
                amount,
                at.minusSeconds(10),
                at,
                Optional.empty(),
                Map.of("why", "test"),
                false);
    }

    private Sums sums(TenantId tenant) {
        return witness.sums(List.of(tenant)).get(tenant);
    }

    /** As the rollup does, but for the archive. */
    private void flush() {
        for (TenantId tenant : List.of(KEPT, WIPED)) {
            export.cut(tenant)
                    .ifPresent(cut -> {
                        archive.write(cut);
                        export.written(tenant, cut.revision());
                    });
        }
    }

    @Provide
    Arbitrary<List<Observed>> histories() {
        return ReadingHistories.histories();
    }

    /** Everything but what is of a moment only: marks and their revision, rates, settlements. */
    private static Map<String, Map<String, Object>> ledgerOf(TenantId tenant) {
        Map<String, Map<String, Object>> ledger = new TreeMap<>();
        stores.redis()
                .contents(tenant)
                .forEach((key, content) -> {
                    if (NOT_BROUGHT_BACK.stream().noneMatch(key::startsWith)) {
                        Map<String, Object> values = new TreeMap<>();
                        content.forEach((name, value) -> {
                            if (!name.equals("revision") && !name.startsWith("settled:")) {
                                values.put(name, value.startsWith("{") ? json(value) : value);
                            }
                        });
                        if (!values.isEmpty()) {
                            ledger.put(key.replace(tenant.value(), "T"), values);
                        }
                    }
                });
        return ledger;
    }

    private static Object json(String text) {
        try {
            return Json.mapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError(text, e);
        }
    }

    @Example
    void what_is_cut_and_brought_back_is_all_there_is() {
        apply(KEPT, AT, reading("1", 5, AT, false), reading("2", 7, AT, true));
        witness.adjust(
                KEPT,
                AT,
                List.of(claim("w:0:u", new Traffic(3, 30), AT)),
                Optional.of(
                        new Window(
                                0,
                                Map.of("n:NSERVER", "1 2"),
                                Map.of("ledger", new Traffic(1, 2)),
                                AT)));
        ledger.readThrough(Map.of(SERVER, AT));
        ledger.leave("n:NSERVER", AT.plusSeconds(5));
        flush();
        var before = ledgerOf(KEPT);

        stores.redis().clear();
        export.restore(KEPT);

        assertThat(ledgerOf(KEPT)).isEqualTo(before);
        assertThat(before.get("ledger:meta:{T}")).containsEntry("restored", "1");
        assertThat(export.cut(KEPT)).isEmpty();
        assertThat(ledger.pinned("NSERVER", List.of(1L, 2L)))
                .containsEntry(1L, new ConnectionOwner.Agent(KEPT, A1))
                .containsEntry(2L, new ConnectionOwner.Agent(KEPT, A1));
        LedgerInvariants.assertGlobalIs(stores, KEPT);
    }

    @Example
    void a_cut_has_what_changed_and_what_changes_afterwards_stays_marked() {
        apply(KEPT, AT, reading("1", 5, AT, false));
        var cut = export.cut(KEPT).orElseThrow();
        apply(KEPT, AT, reading("2", 7, AT, false));

        export.written(KEPT, cut.revision());

        assertThat(cut.positions()).containsOnlyKeys("n:NSERVER/1");
        assertThat(cut.totals()).hasSize(7);
        assertThat(export.dirtyTenants()).containsExactly(KEPT);
        assertThat(export.cut(KEPT).orElseThrow().positions()).containsOnlyKeys("n:NSERVER/2");
        export.written(KEPT, export.cut(KEPT).orElseThrow().revision());
        assertThat(export.dirtyTenants()).isEmpty();
    }

    @Example
    void nothing_is_booked_before_the_ledger_was_brought_back() {
        apply(KEPT, AT, reading("1", 5, AT, false));
        flush();
        stores.redis().clear();
        archive.away(true);

        assertThat(ledger.apply(List.of(batch(KEPT, AT, reading("1", 9, AT, true))))).isEmpty();
        assertThatThrownBy(() ->
                        witness.adjust(
                                KEPT,
                                AT,
                                List.of(claim("g:gw-1", new Traffic(1, 1), AT)),
                                Optional.empty()))
                .isInstanceOf(LedgerUnavailableException.class);
        assertThatThrownBy(() -> witness.sums(List.of(KEPT)))
                .isInstanceOf(LedgerUnavailableException.class);
        assertThatThrownBy(() -> export.cut(KEPT)).isInstanceOf(LedgerUnavailableException.class);
        assertThat(stores.redis().contents(KEPT)).isEmpty();

        archive.away(false);
        apply(KEPT, AT, reading("1", 9, AT, true));
        assertThat(stores.redis().totals(KEPT).published()).isEqualTo(new Traffic(9, 90));
        assertThat(stores.redis().totals(KEPT).connections()).isEqualTo(1);
    }

    @Example
    void an_emptied_redis_is_told_again_what_is_not_in_the_archive() {
        apply(KEPT, AT, reading("1", 5, AT, false));
        ledger.readThrough(Map.of(SERVER, AT));
        flush();
        apply(KEPT, AT.plusSeconds(1), reading("1", 9, AT, true), reading("2", 3, AT, true));
        ledger.readThrough(Map.of(SERVER, AT.plusSeconds(1)));

        stores.redis().clear();
        ledger.readThrough(Map.of(SERVER, AT.plusSeconds(2)));

        assertThat(stores.redis().totals(KEPT).published()).isEqualTo(new Traffic(12, 120));
        LedgerInvariants.assertAddsUp(stores, KEPT);
        LedgerInvariants.assertGlobalIs(stores, KEPT);
    }

    @Example
    void a_tenant_is_brought_back_by_one_at_a_time() {
        stores.redis().send(Command.SET, "ledger:restoring:{kept}", "another");

        assertThat(ledger.apply(List.of(batch(KEPT, AT, reading("1", 5, AT, false))))).isEmpty();

        stores.redis().send(Command.DEL, "ledger:restoring:{kept}");
        apply(KEPT, AT, reading("1", 5, AT, false));
        assertThat(stores.redis().contents(KEPT)).doesNotContainKey("ledger:restoring:{kept}");
    }

    @Example
    void a_tenant_that_takes_longer_to_bring_back_than_another_would_wait_is_brought_back() {
        apply(KEPT, AT, reading("1", 5, AT, false));
        flush();
        stores.redis().clear();
        RedisExport slow =
                stores.export(tenant -> {
                    stores.redis()
                            .send(Command.DEL, "ledger:restoring:{kept}"); // as when its time is up
                    await().until(() ->
                            stores.redis()
                                    .send(Command.EXISTS, "ledger:restoring:{kept}")
                                    .filter(answer -> answer.toLong() == 1)
                                    .isPresent());
                    return archive.load(tenant);
                });

        slow.restore(KEPT);

        assertThat(stores.redis().totals(KEPT).published()).isEqualTo(new Traffic(5, 50));
        assertThat(stores.redis().contents(KEPT)).doesNotContainKey("ledger:restoring:{kept}");
    }

    @Example
    void a_source_that_is_lost_leaves_a_gap_and_one_that_returns_closes_it()
            throws JsonProcessingException {
        apply(KEPT, AT, reading("1", 5, AT, false), reading("2", 5, AT, true));
        apply(
                KEPT,
                AT,
                new Observed(
                        new Reading(
                                new ConnectionKey(SERVER, "3"),
                                KEPT,
                                new Attribution.Gateway("gw-1"),
                                AT,
                                Counters.ZERO,
                                false),
                        AT));
        ledger.readThrough(Map.of(SERVER, AT));
        Instant missed = AT.plusSeconds(3);

        ledger.leave("n:NSERVER", missed);
        assertThat(gap()).isEqualTo(new Gap("n:NSERVER", millis(AT), millis(missed), 1, false));
        assertThat(stores.redis().open(KEPT, A1)).isZero();

        apply(KEPT, AT.plusSeconds(4), reading("1", 6, missed, false));
        assertThat(gap().returned()).isFalse();
        apply(KEPT, AT.plusSeconds(100), reading("1", 7, missed.plusSeconds(90), false));
        assertThat(gap()).isEqualTo(new Gap("n:NSERVER", millis(AT), millis(missed), 1, true));
        assertThat(stores.redis().open(KEPT, A1)).isEqualTo(1);
        assertThat(stores.redis().totals(KEPT).published()).isEqualTo(new Traffic(12, 120));
        assertThat(export.cut(KEPT).orElseThrow().gaps()).containsExactly(gap());
    }

    @Example
    void what_is_long_over_is_forgotten_and_what_a_gateways_former_runs_counted_is_put_together()
            throws JsonProcessingException {
        ReadingSource formerRun = ReadingSource.gateway("gw-1", 1);
        ReadingSource run = ReadingSource.gateway("gw-1", 2);
        Instant later = AT.plus(Duration.ofDays(9));
        apply(KEPT, AT, reading("1", 5, AT, false), reading(formerRun, "1", 2, AT, true));
        witness.adjust(KEPT, AT, List.of(claim("c:x", new Traffic(1, 10), AT)), Optional.empty());
        ledger.leave("n:NSERVER", AT);
        assertThat(gap().connections()).isEqualTo(1);
        apply(KEPT, later, reading(run, "2", 4, later, false));
        ledger.readThrough(Map.of(run, later));
        flush();

        ledger.settle(later);

        assertThat(sums(KEPT).agents())
                .isEqualTo(
                        Map.of(
                                "g:gw-1.0", Counters.of(2, 20, 0, 0),
                                "g:gw-1.2", Counters.of(4, 40, 0, 0)));
        assertThat(sums(KEPT).claimed()).isEqualTo(Map.of("c:x", new Traffic(1, 10)));
        assertThat(stores.redis().hash(RedisKeys.positions(KEPT))).containsOnlyKeys("g:gw-1.2/2");
        assertThat(stores.redis().hash(RedisKeys.gaps(KEPT))).isEmpty();
        assertThat(stores.redis().hash(RedisKeys.adjustments(KEPT))).isEmpty();
        assertThat(stores.redis().totals(KEPT).published()).isEqualTo(new Traffic(12, 120));
    }

    private static Gap gap() throws JsonProcessingException {
        return Json.mapper()
                .readValue(stores.redis().hash(RedisKeys.gaps(KEPT)).get("n:NSERVER"), Gap.class);
    }

    private static Instant millis(Instant at) {
        return Instant.ofEpochMilli(at.toEpochMilli());
    }

    private void apply(TenantId tenant, Instant now, Observed... readings) {
        assertThat(ledger.apply(List.of(batch(tenant, now, readings)))).hasSize(1);
    }

    private static TenantBatch batch(TenantId tenant, Instant now, Observed... readings) {
        return new TenantBatch(tenant, now, List.of(readings), List.of());
    }

    private static Observed reading(String cid, long messages, Instant at, boolean last) {
        return reading(SERVER, cid, messages, at, last);
    }

    private static Observed reading(
            ReadingSource source, String cid, long messages, Instant at, boolean last) {
        return new Observed(
                new Reading(
                        new ConnectionKey(source, cid),
                        KEPT,
                        A1,
                        AT,
                        Counters.of(messages, messages * 10, 0, 0),
                        last),
                at);
    }
}
