package ai.artcafe.tracker.reading;

import static ai.artcafe.tracker.reading.Rows.SERVER;
import static org.assertj.core.api.Assertions.assertThat;

import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.subject.SubjectScheme;
import ai.artcafe.model.usage.ReadingSource;
import ai.artcafe.model.usage.Traffic;
import ai.artcafe.runtime.testing.TestClock;
import ai.artcafe.tracker.Settings;
import ai.artcafe.tracker.ledger.LedgerModel;
import ai.artcafe.tracker.tap.ControlTally;
import ai.artcafe.tracker.tap.TapConfig;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LedgerFeedTest {

    private static final TenantId ACME = new TenantId("acme");
    private static final AgentId A1 = new AgentId("a1");
    private static final ReadingSource SOURCE = ReadingSource.natsServer(SERVER);
    private static final Instant ENDED = Instant.parse("2026-11-21T03:00:01Z");

    private final TestClock clock = new TestClock(Instant.parse("2026-11-21T03:00:02Z"));
    private final ConnectionTable table = new ConnectionTable(100, new Suspects(10));
    private final LedgerModel ledger = new LedgerModel();
    private final ScriptedMonitor monitor = new ScriptedMonitor(table, clock);
    private final ControlTally control =
            new ControlTally(SubjectScheme.standard(), Settings.of(TapConfig.class), clock);
    private final LedgerFeed feed =
            new LedgerFeed(monitor, table, ledger, control, () -> {}, 3, clock);

    @Test
    void what_a_poll_reads_is_in_the_ledger_before_the_server_counts_as_read() {
        monitor.next(Rows.open(1, "S0001", "acme/a1", 5));

        assertThat(feed.run()).isTrue();

        assertThat(published()).isEqualTo(new Traffic(5, 50));
        assertThat(ledger.sources()).containsEntry("n:" + SERVER, clock.instant());
        assertThat(feed.isListening()).isTrue();
    }

    @Test
    void an_idle_connection_is_not_applied_again() {
        monitor.next(Rows.open(1, "S0001", "acme/a1", 5));
        feed.run();
        monitor.next(Rows.anonymous(1, 5));
        feed.run();

        assertThat(feed.readings()).isEqualTo(1);
    }

    @Test
    void while_the_ledger_is_away_readings_are_kept_and_no_server_counts_as_read() {
        ledger.away(true);
        monitor.next(Rows.open(1, "S0001", "acme/a1", 5));
        assertThat(feed.run()).isFalse();
        table.event(SERVER, Rows.closed(1, "S0001", "acme/a1", 8), clock.instant());
        monitor.next(Rows.open(2, "S0001", "acme/a1", 1));
        assertThat(feed.run()).isFalse();
        assertThat(feed.isListening()).isFalse();

        ledger.away(false);
        monitor.next(Rows.anonymous(2, 1));
        assertThat(feed.run()).isTrue();

        assertThat(published()).isEqualTo(new Traffic(9, 90));
        assertThat(ledger.open(ACME, A1)).isEqualTo(1);
        assertThat(ledger.sources()).hasSize(1);
    }

    @Test
    void a_connection_that_carried_something_for_someone_unknown_holds_its_server_back() {
        monitor.next(Rows.anonymous(1, 5));
        feed.run();
        assertThat(ledger.sources()).isEmpty();
        assertThat(monitor.asked).containsExactly(1L);

        monitor.next(Rows.open(1, "S0001", "acme/a1", 5));
        feed.run();
        assertThat(ledger.sources()).hasSize(1);
    }

    @Test
    void control_messages_that_the_tap_saw_leave_what_was_published() {
        control.count("_HEARTBEAT.tenant.acme.client.a1", 10);
        control.count("_HEARTBEAT.tenant.acme.client.a1", 10);
        monitor.next(Rows.open(1, "S0001", "acme/a1", 5));
        feed.run();
        clock.advance(Duration.ofSeconds(1));
        feed.run();

        assertThat(published()).isEqualTo(new Traffic(3, 30));
        assertThat(ledger.totals(ACME, A1).control()).isEqualTo(new Traffic(2, 20));
    }

    @Test
    void what_memory_had_no_room_for_is_read_anew() {
        List<ConnectionRow> rows = new ArrayList<>();
        for (int i = 1; i <= 120; i++) {
            rows.add(Rows.open(i, "S0001", "acme/a1", 1));
        }
        monitor.next(rows.toArray(ConnectionRow[]::new));

        feed.run();

        assertThat(monitor.anew).isEqualTo(1);
    }

    @Test
    void a_round_is_complete_when_all_that_any_server_counted_is_in_the_ledger() {
        List<Round> rounds = new ArrayList<>();
        feed.onRound(rounds::add);
        monitor.next(Rows.open(1, "S0001", "acme/a1", 5));
        feed.run();
        monitor.missing = Set.of("NOTHER");
        feed.run();
        monitor.missing = Set.of();
        monitor.next(Rows.open(1, "S0001", "acme/a1", 5), Rows.anonymous(2, 1));
        feed.run();
        ledger.away(true);
        feed.run();

        assertThat(rounds).extracting(Round::isComplete).containsExactly(true, false, false, false);
        assertThat(rounds.getFirst().servers()).containsExactly(SERVER);
        assertThat(rounds.getFirst().at()).isEqualTo(clock.instant());
    }

    @Test
    void a_listener_that_fails_does_not_stop_the_feed() {
        feed.onRound(_ -> {
            throw new IllegalStateException("test");
        });

        assertThat(feed.run()).isTrue();
    }

    @Test
    void a_server_that_is_gone_leaves_after_what_was_read_of_it_is_in_the_ledger() {
        monitor.next(Rows.open(1, "S0001", "acme/a1", 5));
        feed.run();
        monitor.gone.put(SERVER, clock.instant());
        monitor.next(Rows.anonymous(1, 7));
        ledger.away(true);
        feed.run();
        assertThat(monitor.forgotten).isEmpty();

        ledger.away(false);
        feed.run();

        assertThat(published()).isEqualTo(new Traffic(7, 70));
        assertThat(ledger.sources()).isEmpty();
        assertThat(monitor.forgotten).containsExactly(SERVER);
        assertThat(table.size()).isZero();
    }

    @Test
    void a_full_ring_that_begins_after_what_was_read_has_lost_some() {
        ConnectionRow oldest = Rows.closed(1, "S0001", "acme/a1", 5);
        ledger.readThrough(Map.of(SOURCE, ENDED.minusSeconds(1)));
        table.ring(SERVER, 2, oldest, clock.instant());
        feed.run();
        assertThat(feed.ringOverruns()).isZero();

        ledger.leave(SOURCE.key(), clock.instant());
        ledger.readThrough(Map.of(SOURCE, ENDED.minusSeconds(1)));
        table.ring(SERVER, 3, oldest, clock.instant());
        feed.run();
        assertThat(feed.ringOverruns()).isEqualTo(1);

        table.ring(SERVER, 3, oldest, clock.instant());
        feed.run();
        assertThat(feed.ringOverruns()).isEqualTo(1);
    }

    private Traffic published() {
        return ledger.totals(ACME, A1).published();
    }
}
