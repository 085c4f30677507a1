package ai.artcafe.tracker.tap;

import static org.assertj.core.api.Assertions.assertThat;

import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.subject.SubjectScheme;
import ai.artcafe.model.usage.Traffic;
import ai.artcafe.runtime.testing.TestClock;
import ai.artcafe.tracker.Settings;
import ai.artcafe.tracker.ledger.Applied;
import ai.artcafe.tracker.ledger.ControlCount;
import ai.artcafe.tracker.ledger.TenantBatch;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ControlTallyTest {

    private static final TenantId ACME = new TenantId("acme");
    private static final String HEARTBEAT = "_HEARTBEAT.tenant.acme.client.a1";

    private final TestClock clock = new TestClock(Instant.parse("2026-11-21T03:00:00Z"));
    private final ControlTally tally =
            new ControlTally(
                    SubjectScheme.standard(),
                    Settings.of(TapConfig.class, Map.of("artcafe.tap.max-control-agents", "2")),
                    clock);

    @Test
    void control_of_every_kind_adds_up_for_its_agent() {
        tally.count(HEARTBEAT, 7);
        tally.count("_heartbeat.acme.a1", 3);
        tally.count("_METRICS.tenant.acme.client.a1", 1);
        tally.count("_OTHER.acme", 100);

        assertThat(pending()).extracting(ControlCount::seen).containsExactly(new Traffic(3, 11));
        assertThat(tally.messages()).isEqualTo(3);
    }

    @Test
    void what_the_ledger_has_moved_is_pending_no_more_and_the_count_goes_on() {
        tally.count(HEARTBEAT, 7);
        applied(pending());
        assertThat(pending()).isEmpty();

        tally.count(HEARTBEAT, 7);
        assertThat(pending()).extracting(ControlCount::seen).containsExactly(new Traffic(2, 14));
    }

    @Test
    void a_count_that_finds_no_reading_becomes_overdue() {
        tally.count(HEARTBEAT, 7);
        assertThat(pending()).extracting(ControlCount::overdue).containsExactly(false);
        clock.advance(Duration.ofSeconds(3));
        assertThat(pending()).extracting(ControlCount::overdue).containsExactly(true);
    }

    @Test
    void an_agent_that_is_forgotten_begins_a_new_count() {
        tally.count(HEARTBEAT, 7);
        String first = pending().getFirst().counter();
        applied(pending());
        clock.advance(Duration.ofHours(2));
        assertThat(pending()).isEmpty();

        tally.count(HEARTBEAT, 7);

        assertThat(pending()).extracting(ControlCount::seen).containsExactly(new Traffic(1, 7));
        assertThat(pending().getFirst().counter()).isNotEqualTo(first);
    }

    @Test
    void agents_beyond_the_limit_are_refused_and_counted() {
        for (int i = 0; i < 3; i++) {
            tally.count("_heartbeat.acme.a" + i, 1);
        }

        assertThat(tally.refused()).isEqualTo(1);
        assertThat(pending()).hasSize(2);
    }

    private List<ControlCount> pending() {
        return tally.pending().getOrDefault(ACME, List.of());
    }

    private void applied(List<ControlCount> counts) {
        TenantBatch batch = new TenantBatch(ACME, clock.instant(), List.of(), counts);
        counts.forEach(
                count -> tally.applied(new Applied(batch, Map.of(count.counter(), count.seen()))));
    }
}
