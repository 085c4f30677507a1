package ai.artcafe.tracker.reading;

import static org.assertj.core.api.Assertions.assertThat;

import ai.artcafe.model.usage.ReadingSource;
import ai.artcafe.runtime.testing.TestClock;
import ai.artcafe.tracker.ledger.LedgerModel;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SilentSourcesTest {

    private static final ReadingSource GATEWAY = ReadingSource.gateway("gw-1", 42);
    private static final ReadingSource SERVER = ReadingSource.natsServer("NSERVER");

    private final TestClock clock = new TestClock(Instant.parse("2026-11-21T03:00:00Z"));
    private final LedgerModel ledger = new LedgerModel();
    private final ConnectionTable table = new ConnectionTable(1, new Suspects(1));
    private final ScriptedMonitor monitor = new ScriptedMonitor(table, clock);
    private final SilentSources sources =
            new SilentSources(ledger, table, monitor, Duration.ofSeconds(90), clock);

    @Test
    void a_source_that_is_silent_for_too_long_leaves_and_others_stay() {
        ledger.readThrough(Map.of(GATEWAY, clock.instant(), SERVER, clock.instant()));
        clock.advance(Duration.ofSeconds(80));
        ledger.readThrough(Map.of(SERVER, clock.instant()));
        sources.sweep(true);
        assertThat(ledger.sources()).hasSize(2);

        clock.advance(Duration.ofSeconds(11));
        sources.sweep(true);

        assertThat(ledger.sources()).containsOnlyKeys(SERVER.key());
    }

    @Test
    void a_tracker_that_could_not_hear_does_not_take_silence_for_death() {
        ledger.readThrough(Map.of(GATEWAY, clock.instant()));
        clock.advance(Duration.ofSeconds(600));
        sources.sweep(false);
        clock.advance(Duration.ofSeconds(80));
        sources.sweep(true);
        assertThat(ledger.sources()).hasSize(1);

        clock.advance(Duration.ofSeconds(11));
        sources.sweep(true);
        assertThat(ledger.sources()).isEmpty();
    }

    @Test
    void a_server_that_another_has_replaced_leaves_without_waiting() {
        ReadingSource old = ReadingSource.natsServer("NOLD");
        ledger.readThrough(Map.of(old, clock.instant(), GATEWAY, clock.instant()));
        clock.advance(Duration.ofSeconds(6));
        sources.sweep(true);
        assertThat(ledger.sources()).hasSize(2);

        monitor.only = Optional.of("NSERVER");
        ledger.readThrough(Map.of(SERVER, clock.instant()));
        sources.sweep(true);

        assertThat(ledger.sources()).containsOnlyKeys(GATEWAY.key(), SERVER.key());
        assertThat(monitor.forgotten).contains("NOLD");
    }

    @Test
    void a_tracker_whose_clock_was_set_back_waits_no_longer_than_it_should() {
        ledger.readThrough(Map.of(GATEWAY, clock.instant().minusSeconds(7200)));
        clock.advance(Duration.ofHours(-1));
        sources.sweep(true);
        clock.advance(Duration.ofSeconds(91));
        sources.sweep(true);

        assertThat(ledger.sources()).isEmpty();
    }
}
