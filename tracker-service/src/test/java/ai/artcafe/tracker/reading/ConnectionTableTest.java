package ai.artcafe.tracker.reading;

import static ai.artcafe.tracker.reading.Rows.SERVER;
import static org.assertj.core.api.Assertions.assertThat;

import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.Attribution;
import ai.artcafe.model.identity.ConnectionOwner;
import ai.artcafe.model.identity.Slot;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.tracker.ledger.Observed;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConnectionTableTest {

    private static final Instant AT = Instant.parse("2026-11-21T03:00:02Z");
    private static final ConnectionOwner.Agent OWNER =
            new ConnectionOwner.Agent(new TenantId("acme"), new AgentId("a1"));

    private final Suspects suspects = new Suspects(10);
    private final ConnectionTable table = new ConnectionTable(4, suspects);

    @Test
    void a_connection_is_fresh_until_the_ledger_has_its_latest_reading() {
        pinnedConnection(1, 5);
        List<Observed> first = table.fresh();
        poll(Rows.anonymous(1, 6));

        table.applied(first);
        assertThat(messages(table.fresh())).containsExactly(6L);
        table.applied(table.fresh());
        assertThat(table.fresh()).isEmpty();

        poll(Rows.anonymous(1, 6));
        assertThat(table.fresh()).isEmpty();
    }

    @Test
    void a_reading_waits_in_memory_until_its_identity_is_known() {
        poll(Rows.anonymous(1, 5));
        assertThat(table.unidentified(SERVER)).containsExactly(1L);
        assertThat(table.hasUnattributed(SERVER)).isTrue();
        assertThat(table.toPin()).isEmpty();

        table.event(SERVER, Rows.open(1, "S0001", "acme/a1", 0), AT);

        assertThat(table.hasUnattributed(SERVER)).isFalse();
        assertThat(table.toPin()).containsEntry(SERVER, Map.of(1L, OWNER));
        assertThat(table.fresh()).isEmpty();
        table.pinned(SERVER, Map.of(1L, OWNER));
        assertThat(messages(table.fresh())).containsExactly(5L);
    }

    @Test
    void a_user_without_an_account_is_not_believed() {
        poll(Rows.open(1, "", "acme/a1", 0));

        assertThat(table.unidentified(SERVER)).containsExactly(1L);
        assertThat(table.toPin()).isEmpty();
    }

    @Test
    void a_gateways_own_connection_is_read_under_the_gateways_name() {
        poll(Rows.open(1, "S0001", "acme/@gateway-gw-1", 5));

        assertThat(table.toPin()).isEmpty();
        assertThat(table.fresh())
                .singleElement()
                .satisfies(observed -> {
                    assertThat(observed.reading().tenant()).isEqualTo(OWNER.tenant());
                    assertThat(observed.reading().agent())
                            .isEqualTo(new Attribution.Gateway("gw-1"));
                });
    }

    @Test
    void a_connection_that_its_server_ended_is_a_suspect_once_it_is_certain_whose_it_was() {
        table.event(SERVER, Rows.open(1, "S0001", "acme/a1", 0), AT);
        table.event(SERVER, Rows.row(1, "$G", "evil/a9", 0, true, "Authentication Failure"), AT);
        assertThat(suspects.since(Instant.EPOCH)).isEmpty();

        table.pinned(SERVER, Map.of(1L, OWNER));

        assertThat(suspects.since(Instant.EPOCH))
                .singleElement()
                .satisfies(suspect -> {
                    assertThat(suspect.owner()).contains(OWNER);
                    assertThat(suspect.slot()).contains(Slot.number(1));
                    assertThat(suspect.reason()).isEqualTo("Authentication Failure");
                    assertThat(suspect.mayHaveHidden()).isTrue();
                });
    }

    @Test
    void a_client_that_leaves_in_order_or_not_is_no_suspect_and_a_kick_hides_nothing() {
        pinnedConnection(1, 0);
        pinnedConnection(2, 0);
        pinnedConnection(3, 0);
        table.event(SERVER, Rows.row(1, "S0001", "acme/a1", 0, true, "Client Closed"), AT);
        table.event(SERVER, Rows.row(2, "S0001", "acme/a1", 0, true, "Read Error"), AT);
        table.event(SERVER, Rows.row(3, "S0001", "acme/a1", 0, true, "Kicked"), AT);

        assertThat(suspects.since(Instant.EPOCH))
                .singleElement()
                .satisfies(suspect -> assertThat(suspect.mayHaveHidden()).isFalse());
    }

    @Test
    void a_suspect_that_nobody_pinned_is_reported_without_an_owner() {
        table.event(SERVER, Rows.row(1, "S0001", "evil/a9", 7, true, "Authentication Failure"), AT);

        table.unattributable(SERVER, List.of(1L));

        assertThat(suspects.since(Instant.EPOCH))
                .singleElement()
                .satisfies(suspect -> assertThat(suspect.owner()).isEmpty());
        assertThat(table.unaccounted()).isEqualTo(1);
    }

    @Test
    void a_ring_is_handed_on_once() {
        table.ring(SERVER, 3, Rows.closed(1, "S0001", "acme/a1", 5), AT);

        assertThat(table.takeRings())
                .containsEntry(SERVER, new Ring(3, Instant.parse("2026-11-21T03:00:01Z")));
        assertThat(table.takeRings()).isEmpty();
    }

    @Test
    void what_is_in_no_slot_or_without_a_name_of_the_callout_is_not_read() {
        poll(Rows.open(1, "SYS", "acme/a1", 5), Rows.open(3, "S0001", "whoever", 5));

        assertThat(table.fresh()).isEmpty();
        assertThat(table.toPin()).isEmpty();
        assertThat(table.unidentified(SERVER)).isEmpty();
        assertThat(table.hasUnattributed(SERVER)).isFalse();
    }

    @Test
    void a_name_that_changes_later_changes_nothing() {
        pinnedConnection(1, 5);

        table.event(SERVER, Rows.row(1, "$G", "evil/a9", 7, true, "Authentication Failure"), AT);

        assertThat(table.fresh())
                .singleElement()
                .satisfies(observed -> {
                    assertThat(observed.reading().tenant()).isEqualTo(OWNER.tenant());
                    assertThat(observed.reading().last()).isTrue();
                });
    }

    @Test
    void a_doubtful_name_counts_only_if_it_was_pinned_before() {
        var doubtful = Rows.row(1, "S0001", "evil/a9", 7, true, "Authentication Failure");
        var other = Rows.row(2, "S0001", "evil/a9", 7, true, "Authentication Failure");
        table.event(SERVER, doubtful, AT);
        table.event(SERVER, other, AT);
        assertThat(table.toPin()).isEmpty();
        assertThat(table.toLookUp().get(SERVER)).containsExactlyInAnyOrder(1L, 2L);

        table.pinned(SERVER, Map.of(1L, OWNER));
        table.unattributable(SERVER, List.of(2L));

        assertThat(messages(table.fresh())).containsExactly(7L);
        assertThat(table.doubtful()).isEqualTo(1);
        assertThat(table.size()).isEqualTo(1);
    }

    @Test
    void a_closed_connection_leaves_when_the_ledger_has_its_last_reading() {
        pinnedConnection(1, 5);
        table.event(SERVER, Rows.closed(1, "S0001", "acme/a1", 9), AT);
        assertThat(table.size()).isEqualTo(1);

        table.applied(table.fresh());

        assertThat(table.size()).isZero();
    }

    @Test
    void a_connection_that_is_first_seen_when_it_is_over_was_read_when_it_closed() {
        Instant hoursLater = Instant.parse("2026-11-21T09:00:00Z");

        table.event(SERVER, Rows.closed(1, "S0001", "acme/a1", 9), hoursLater);
        table.pinned(SERVER, Map.of(1L, OWNER));

        assertThat(table.fresh())
                .extracting(Observed::at)
                .containsExactly(Instant.parse("2026-11-21T03:00:01Z"));
    }

    @Test
    void a_connection_that_is_no_longer_listed_is_looked_for_among_the_closed() {
        pinnedConnection(1, 5);

        assertThat(poll()).isTrue();
        boolean ask =
                table.list(
                        new ConnectionList(
                                SERVER, true, List.of(Rows.closed(1, "S0001", "acme/a1", 9))),
                        AT);

        assertThat(ask).isFalse();
        assertThat(messages(table.fresh())).containsExactly(9L);
        assertThat(table.vanished()).isZero();
    }

    @Test
    void a_connection_that_is_nowhere_any_more_ends_with_what_is_known_of_it() {
        pinnedConnection(1, 5);
        poll();

        table.list(new ConnectionList(SERVER, true, List.of()), AT);

        assertThat(table.vanished()).isEqualTo(1);
        assertThat(table.fresh())
                .singleElement()
                .satisfies(observed -> assertThat(observed.reading().last()).isTrue());
    }

    @Test
    void what_is_beyond_its_capacity_is_refused_and_counted() {
        poll(
                Rows.anonymous(1, 0),
                Rows.anonymous(2, 0),
                Rows.anonymous(3, 0),
                Rows.anonymous(4, 0),
                Rows.anonymous(5, 0));

        assertThat(table.size()).isEqualTo(4);
        assertThat(table.refused()).isEqualTo(1);
    }

    @Test
    void a_forgotten_server_keeps_what_the_ledger_has_yet_to_take() {
        pinnedConnection(1, 5);
        table.applied(table.fresh());
        pinnedConnection(2, 6);

        table.forget("n:" + SERVER);

        assertThat(messages(table.fresh())).containsExactly(6L);
        assertThat(table.size()).isEqualTo(1);
    }

    private void pinnedConnection(long cid, long messages) {
        table.event(SERVER, Rows.open(cid, "S0001", "acme/a1", messages), AT);
        table.pinned(SERVER, Map.of(cid, OWNER));
    }

    private boolean poll(ConnectionRow... rows) {
        return table.list(new ConnectionList(SERVER, false, List.of(rows)), AT);
    }

    private static List<Long> messages(List<Observed> readings) {
        return readings.stream()
                .map(observed -> observed.reading().counters().inMessages())
                .toList();
    }
}
