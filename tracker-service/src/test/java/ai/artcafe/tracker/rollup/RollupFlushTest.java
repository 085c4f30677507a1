package ai.artcafe.tracker.rollup;

import static org.assertj.core.api.Assertions.assertThat;

import ai.artcafe.model.identity.TenantId;
import ai.artcafe.runtime.testing.TestClock;
import ai.artcafe.tracker.Json;
import ai.artcafe.tracker.Settings;
import ai.artcafe.tracker.ledger.Lease;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RollupFlushTest {

    private static final TenantId ACME = new TenantId("acme");
    private static final TenantId OTHER = new TenantId("other");
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:30Z");

    private final TestClock clock = new TestClock(NOW);
    private final LedgerUnderFlush ledger = new LedgerUnderFlush();
    private final StoreInMemory store = new StoreInMemory();
    private final TestLease lease = new TestLease();
    private final RollupFlush flush = flush();

    @Test
    void writes_what_changed_and_clears_its_marks() {
        ledger.book(ACME);

        assertThat(flush.run()).isEqualTo(4); // two snapshots, a total, the ledger's own
        assertThat(store.published(ACME)).containsExactly(1L, 1L);
        assertThat(ledger.dirtyTenants()).isEmpty();
        assertThat(flush.lastComplete()).isEqualTo(NOW);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4})
    void wherever_a_flush_breaks_off_the_next_one_writes_all_of_it(int writes) {
        ledger.book(ACME);
        flush.run();
        ledger.book(ACME);
        store.failAfter(writes);
        assertThat(flush.run()).isEqualTo(-1);

        store.mend();
        assertThat(flush().run()).isPositive();

        assertThat(store.published(ACME)).containsExactly(2L, 2L);
        assertThat(ledger.dirtyTenants()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void what_is_in_the_journal_is_in_the_store_when_that_is_read(int writes) {
        ledger.book(ACME);
        store.failAfter(writes);
        flush.run();
        store.mend();

        store.seal(ACME, NOW);

        assertThat(store.published(ACME)).containsExactly(1L, 1L);
    }

    @Test
    void a_cut_from_before_the_store_was_read_is_written_no_more() {
        ledger.book(ACME);
        flush.run();
        ledger.book(ACME);
        ledger.afterNextCut(() -> {
            store.seal(ACME, NOW);
            ledger.book(ACME); // as the ledger is afterwards
        });

        flush.run();

        assertThat(flush.conflicts()).isEqualTo(1);
        assertThat(store.published(ACME)).containsExactly(3L, 3L);
    }

    @Test
    void two_at_once_write_the_same_in_the_order_in_which_they_read() {
        RollupFlush second = flush();
        ledger.book(ACME);
        ledger.afterNextCut(() -> {
            ledger.book(ACME);
            second.run();
        });

        flush.run();

        assertThat(store.published(ACME)).containsExactly(2L, 2L);
        assertThat(ledger.dirtyTenants()).isEmpty();
    }

    @Test
    void a_tenant_that_another_keeps_writing_is_left_for_the_next_round() {
        ledger.book(ACME);
        sealAfterEachCut();

        assertThat(flush.run()).isEqualTo(-1);

        assertThat(flush.lastComplete()).isEqualTo(Instant.EPOCH);
        assertThat(ledger.dirtyTenants()).containsExactly(ACME);
    }

    private void sealAfterEachCut() {
        ledger.afterNextCut(() -> {
            store.seal(ACME, NOW);
            sealAfterEachCut();
        });
    }

    @Test
    void a_change_after_the_cut_stays_marked() {
        ledger.book(ACME);
        ledger.afterNextCut(() -> ledger.book(ACME));

        flush.run();

        assertThat(store.published(ACME)).containsExactly(1L, 1L);
        assertThat(ledger.dirtyTenants()).containsExactly(ACME);
    }

    @Test
    void a_store_that_is_away_ends_the_round_and_leaves_the_marks() {
        ledger.book(ACME);
        ledger.book(OTHER);
        store.failAfter(0);

        assertThat(flush.run()).isEqualTo(-1);

        assertThat(ledger.dirtyTenants()).containsExactly(ACME, OTHER);
        assertThat(flush.lastComplete()).isEqualTo(Instant.EPOCH);
    }

    @Test
    void what_is_wrong_with_one_tenant_stops_no_other() {
        ledger.book(ACME);
        ledger.afterNextCut(() -> {
            throw new IllegalArgumentException("item too large");
        });
        ledger.book(OTHER);

        assertThat(flush.run()).isEqualTo(-1);

        assertThat(List.of(store.published(ACME).getFirst(), store.published(OTHER).getFirst()))
                .containsExactlyInAnyOrder(0L, 1L);
    }

    @Test
    void without_the_lease_nothing_is_written() {
        ledger.book(ACME);
        lease.granted = false;

        assertThat(flush.run()).isZero();

        assertThat(store.published(ACME)).containsExactly(0L, 0L);
        assertThat(ledger.dirtyTenants()).containsExactly(ACME);
    }

    @Test
    void one_tracker_alone_never_reads_its_journals_back() {
        for (int i = 0; i < 3; i++) {
            ledger.book(ACME);
            flush.run();
        }

        assertThat(store.replays()).isZero();
    }

    private RollupFlush flush() {
        RollupConfig config = Settings.of(RollupConfig.class);
        return new RollupFlush(
                ledger, store, store, new UsageItems(config, Json.mapper()), lease, config, clock);
    }

    private static final class TestLease implements Lease {

        private boolean granted = true;

        @Override
        public boolean holds() {
            return granted;
        }

        @Override
        public void release() {
            granted = false;
        }
    }
}
