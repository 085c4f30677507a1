package ai.artcafe.tracker.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import ai.artcafe.model.identity.Attribution;
import ai.artcafe.model.key.ReconciledFields;
import ai.artcafe.model.usage.Adjustment;
import ai.artcafe.model.usage.Traffic;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReconcilerTest {

    private final World world = new World();

    @BeforeEach
    void begin() {
        world.round();
    }

    @Test
    void what_agrees_needs_no_adjustment() {
        world.publish(10, 100, 2);

        world.round();

        assertThat(world.ledger.adjustments).isEmpty();
        assertThat(world.ledger.window).isEqualTo(2);
        assertThat(world.ledger.said)
                .containsEntry(ReconciledFields.LEDGER, new Traffic(10, 1000))
                .containsEntry(ReconciledFields.SERVER, new Traffic(10, 1000))
                .containsEntry(ReconciledFields.TAP, new Traffic(10, 1000))
                .containsEntry(ReconciledFields.SEEN, new Traffic(10, 1000));
    }

    @Test
    void what_was_there_before_the_first_window_is_not_compared() {
        World old = new World();
        old.hide(World.MALLORY, 7, 10);

        old.round();
        old.round();

        assertThat(old.ledger.adjustments).isEmpty();
    }

    @Test
    void hidden_messages_are_charged_to_the_agent_whose_connection_shows_it() {
        world.hide(World.MALLORY, 20, 50);

        world.round();

        assertThat(world.ledger.adjustments)
                .singleElement()
                .satisfies(adjustment -> {
                    assertThat(adjustment.reason()).isEqualTo(Adjustment.Reason.HIDDEN);
                    assertThat(adjustment.agent()).isEqualTo(World.MALLORY);
                    assertThat(adjustment.amount()).isEqualTo(new Traffic(20, 1000));
                    assertThat(adjustment.evidence())
                            .containsEntry("ledger_messages", "3")
                            .containsEntry("server_messages", "3")
                            .containsEntry("handed_messages", "23")
                            .hasEntrySatisfying(
                                    "connections",
                                    text -> assertThat(text).contains("Protocol Violation"));
                });
        assertThat(world.findings)
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.type()).isEqualTo(Finding.Type.COUNTER_BYPASS);
                    assertThat(finding.agent()).contains(World.MALLORY);
                    assertThat(finding.observed()).isEqualTo(20);
                    assertThat(finding.explanation()).contains("Protocol Violation");
                });
        assertThat(world.ledger.strikes).containsEntry(World.MALLORY, 1L);
    }

    @Test
    void with_two_agents_under_suspicion_no_one_is_charged() {
        world.hide(World.MALLORY, 20, 50);
        world.hide(World.ALICE, 1, 50);

        world.round();

        assertThat(world.ledger.adjustments)
                .singleElement()
                .satisfies(adjustment -> {
                    assertThat(adjustment.agent()).isEqualTo(Attribution.UNATTRIBUTED);
                    assertThat(adjustment.amount()).isEqualTo(new Traffic(21, 1050));
                });
        assertThat(world.ledger.strikes).isEmpty();
    }

    @Test
    void a_suspect_that_a_settled_window_has_explained_is_none_any_more() {
        world.hide(World.MALLORY, 20, 50);
        world.round();
        world.hide(World.ALICE, 5, 50);

        world.round();

        assertThat(world.ledger.adjustments.getLast().agent()).isEqualTo(World.ALICE);
    }

    @Test
    void the_third_strike_disables_the_agent_and_a_finding_says_so() {
        for (int i = 0; i < 3; i++) {
            assertThat(world.disabled).isEmpty();
            world.hide(World.MALLORY, 20, 50);
            world.round();
        }

        assertThat(world.disabled).containsExactly(World.MALLORY);
        assertThat(world.findings.getLast().type()).isEqualTo(Finding.Type.AGENT_DISABLED);
        assertThat(world.findings.getLast().observed()).isEqualTo(3);
    }

    @Test
    void each_breach_in_an_open_window_is_a_strike_of_its_own() {
        for (int i = 0; i < 2; i++) {
            world.hide(World.MALLORY, 20, 50);
            world.round(List.of(), List.of(() -> world.publish(1, 1, 0)));
        }
        assertThat(world.ledger.window).isEqualTo(1);
        assertThat(world.ledger.strikes).containsEntry(World.MALLORY, 2L);
        assertThat(world.findings).extracting(Finding::id).doesNotHaveDuplicates();
        assertThat(world.findings).extracting(Finding::observed).containsExactly(19L, 20L);

        world.round(List.of(), List.of(() -> world.publish(1, 1, 0)));
        assertThat(world.ledger.strikes).containsEntry(World.MALLORY, 2L);
    }

    @Test
    void refused_publishes_are_no_drift() {
        world.refuse(1000, 10);

        world.round();

        assertThat(world.ledger.adjustments).isEmpty();
        assertThat(world.progress().drift()).isZero();
        assertThat(world.ledger.said)
                .containsEntry(ReconciledFields.REFUSED, new Traffic(1000, 10_000));
    }

    @Test
    void refused_publishes_are_told_once() {
        world.publish(50, 10, 1);
        world.refuse(1000, 10);
        world.round();
        world.publish(50, 10, 1);
        world.round();
        world.refuse(7, 10);
        world.round();

        assertThat(world.refusals.values()).containsExactly(1000L, 7L);
    }

    @Test
    void hidden_bytes_show_though_refused_messages_make_up_the_number() {
        world.hide(World.MALLORY, 20, 1000);
        world.refuse(20, 1);

        world.round();

        assertThat(world.ledger.booked(Adjustment.Reason.HIDDEN)).isEqualTo(new Traffic(1, 19_980));
        assertThat(world.findings).hasSize(1);
    }

    @Test
    void what_is_hidden_in_a_busy_slot_is_found_while_it_is_busy() {
        Runnable busy = () -> world.publish(5, 100, 1);
        world.hide(World.MALLORY, 100, 10);

        world.round(List.of(busy), List.of(busy));

        assertThat(world.ledger.window).isEqualTo(1);
        assertThat(world.findings).hasSize(1);
        Traffic found = world.ledger.booked(Adjustment.Reason.HIDDEN);
        assertThat(found.messages()).isBetween(1L, 100L);

        world.round();
        assertThat(world.ledger.booked(Adjustment.Reason.HIDDEN)).isEqualTo(world.hidden);
        assertThat(world.ledger.strikes).containsEntry(World.MALLORY, 1L);
    }

    @Test
    void a_kicked_connections_last_buffer_is_booked_to_its_agent() {
        world.kick(World.ALICE, 12, 100);

        world.round();

        assertThat(world.ledger.adjustments)
                .singleElement()
                .satisfies(adjustment -> {
                    assertThat(adjustment.reason()).isEqualTo(Adjustment.Reason.UNCOUNTED);
                    assertThat(adjustment.agent()).isEqualTo(World.ALICE);
                    assertThat(adjustment.amount()).isEqualTo(new Traffic(12, 1200));
                });
        assertThat(world.findings).isEmpty();
    }

    @Test
    void a_buffer_under_way_while_the_servers_are_asked_is_not_hidden() {
        world.round(List.of(() -> world.publishInFlight(500, 10)), List.of());
        world.round();

        assertThat(world.ledger.adjustments).isEmpty();
    }

    @Test
    void while_the_tap_is_away_nothing_is_booked_falsely_and_afterwards_all_is_found() {
        world.tapAway();
        world.publish(1000, 10, 1);
        world.round();
        world.tapBack();
        world.round();
        world.hide(World.MALLORY, 20, 50);
        world.round();

        assertThat(world.ledger.booked(Adjustment.Reason.HIDDEN)).isEqualTo(new Traffic(20, 1000));
        assertThat(world.ledger.adjustments).hasSize(1);
    }

    @Test
    void nothing_is_judged_while_a_server_is_silent() {
        world.hide(World.MALLORY, 20, 50);
        world.answers = false;
        world.round();
        assertThat(world.ledger.adjustments).isEmpty();
        assertThat(world.progress().fault()).isNotEmpty();

        world.answers = true;
        world.round();
        assertThat(world.ledger.booked(Adjustment.Reason.HIDDEN)).isEqualTo(new Traffic(20, 1000));
    }

    @Test
    void a_ledger_that_has_gone_back_in_time_meanwhile_is_not_judged() {
        world.publish(100, 10, 1);
        world.hide(World.MALLORY, 20, 50);
        world.ledger.asksUntilLoss = 1;

        world.round();
        assertThat(world.ledger.adjustments).isEmpty();

        world.round();
        assertThat(world.ledger.booked(Adjustment.Reason.HIDDEN)).isEqualTo(world.hidden);
        assertThat(world.ledger.booked(Adjustment.Reason.UNCOUNTED)).isEqualTo(Traffic.NONE);
    }

    @Test
    void where_counters_were_lost_nobody_is_accused() {
        world.hide(World.MALLORY, 20, 50);
        world.lost = 1;

        world.round();
        world.round();

        assertThat(world.ledger.adjustments).isEmpty();
    }

    @Test
    void what_a_gateway_did_not_tell_is_booked_after_its_patience_and_taken_back_when_it_does() {
        world.link(100, 50);
        world.sockets(100, 50);
        for (int i = 0; i < 5; i++) {
            world.round();
        }
        world.link(30, 50);
        world.round();
        assertThat(world.ledger.adjustments).isEmpty();
        for (int i = 0; i < 4; i++) {
            world.round();
        }
        assertThat(world.ledger.adjustments)
                .singleElement()
                .satisfies(adjustment -> {
                    assertThat(adjustment.reason()).isEqualTo(Adjustment.Reason.GATEWAY_LOST);
                    assertThat(adjustment.agent()).isEqualTo(new Attribution.Gateway("gw"));
                    assertThat(adjustment.amount()).isEqualTo(new Traffic(30, 1500));
                });

        world.sockets(30, 50);
        world.round();
        world.round();
        assertThat(world.ledger.booked(Adjustment.Reason.GATEWAY_LOST)).isEqualTo(Traffic.NONE);
    }

    @Test
    void a_gateway_that_is_always_busy_is_not_accused() {
        for (int i = 0; i < 20; i++) {
            world.link(100, 50);
            world.round();
            world.sockets(100, 50);
        }

        assertThat(world.ledger.adjustments).isEmpty();
    }

    @Test
    void what_no_connection_shows_is_booked_to_no_one_when_a_window_ends_that_never_rested() {
        Runnable busy = () -> world.publish(5, 100, 1);
        world.lose(12, 100);
        for (int i = 0; i < Duration.ofMinutes(5).dividedBy(Duration.ofSeconds(10)) - 1; i++) {
            world.round(List.of(busy), List.of(busy));
            assertThat(world.ledger.adjustments).isEmpty();
        }
        world.round(List.of(busy), List.of(busy));

        assertThat(world.ledger.window).isEqualTo(2);
        assertThat(world.ledger.adjustments)
                .singleElement()
                .satisfies(adjustment -> {
                    assertThat(adjustment.reason()).isEqualTo(Adjustment.Reason.UNCOUNTED);
                    assertThat(adjustment.agent()).isEqualTo(Attribution.UNATTRIBUTED);
                    assertThat(adjustment.amount().messages()).isBetween(1L, 12L);
                });
    }

    @Test
    void a_window_in_which_something_always_moves_ends_all_the_same() {
        Runnable busy = () -> world.publish(5, 100, 1);
        for (int i = 0; i < Duration.ofMinutes(5).dividedBy(Duration.ofSeconds(10)); i++) {
            world.round(List.of(busy), List.of(busy));
        }
        assertThat(world.ledger.window).isEqualTo(2);
        assertThat(world.ledger.adjustments).isEmpty();

        world.hide(World.MALLORY, 20, 50);
        world.round();
        assertThat(world.ledger.booked(Adjustment.Reason.HIDDEN).messages()).isBetween(10L, 20L);
    }
}
