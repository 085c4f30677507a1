package ai.artcafe.tracker.limit;

import static org.assertj.core.api.Assertions.assertThat;

import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.limit.OverLimit;
import ai.artcafe.model.limit.OverLimit.Excess;
import ai.artcafe.model.limit.OverLimit.Kind;
import ai.artcafe.model.plan.Plan;
import ai.artcafe.model.usage.ConnectionKey;
import ai.artcafe.model.usage.Counters;
import ai.artcafe.model.usage.Reading;
import ai.artcafe.model.usage.ReadingSource;
import ai.artcafe.model.usage.Traffic;
import ai.artcafe.tracker.ledger.Applied;
import ai.artcafe.tracker.ledger.ControlCount;
import ai.artcafe.tracker.ledger.Lease;
import ai.artcafe.tracker.ledger.Observed;
import ai.artcafe.tracker.ledger.TenantBatch;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LimitWatchTest {

    private static final TenantId TENANT = new TenantId("acme");
    private static final AgentId AGENT = new AgentId("worker");
    private static final Instant START = Instant.parse("2026-11-21T12:00:00Z");

    private Instant now = START;
    private final Clock clock = ((InstantSource) () -> now).withZone(ZoneOffset.UTC);
    private final List<OverLimit> told = new ArrayList<>();
    private Plan plan = Plan.FREE; // 10 a second of an agent, 20 of the tenant, 10,000 a day
    private TenantStandings.Standing standing = new TenantStandings.Standing(0, 0);
    private boolean leads = true;

    private final LimitWatch watch =
            new LimitWatch(
                    new TenantStandings() {
                        @Override
                        public Optional<Allowed> allowed(TenantId tenant) {
                            return Optional.of(new Allowed(plan.limits(), plan.allowsOverage()));
                        }

                        @Override
                        public Standing standing(TenantId tenant, Instant at) {
                            return standing;
                        }
                    },
                    told::add,
                    new Lease() {
                        @Override
                        public boolean holds() {
                            return leads;
                        }

                        @Override
                        public void release() {}
                    },
                    clock);

    @Test
    void an_agent_above_its_rate_in_a_whole_window_is_told_of() {
        sendFor(10, 12);

        assertThat(told).hasSize(1);
        assertThat(told.getFirst().window()).isEqualTo(START.plusSeconds(10).getEpochSecond() / 10);
        assertThat(told.getFirst().excesses())
                .containsExactly(new Excess(TENANT, AGENT, Kind.AGENT_MESSAGES_PER_SECOND, 12, 10));
    }

    @Test
    void at_its_rate_with_a_burst_it_is_not() {
        sendFor(10, 11);

        assertThat(told).isEmpty();
    }

    @Test
    void only_the_tracker_that_leads_tells() {
        leads = false;
        sendFor(10, 100);

        assertThat(told).isEmpty();
    }

    @Test
    void above_the_tenant_s_rate_all_that_sent_are_told_of() {
        standing = new TenantStandings.Standing(300, 0);
        sendFor(10, 5);

        assertThat(told.getFirst().excesses())
                .containsExactly(
                        new Excess(TENANT, AGENT, Kind.TENANT_MESSAGES_PER_SECOND, 30, 20));
    }

    @Test
    void the_day_goes_before_all_else() {
        standing = new TenantStandings.Standing(300, 10_000);
        sendFor(10, 100);

        assertThat(told.getFirst().excesses())
                .containsExactly(new Excess(TENANT, AGENT, Kind.MESSAGES_PER_DAY, 10_000, 10_000));
    }

    @Test
    void a_plan_that_may_go_beyond_its_day_is_held_to_its_rates_only() {
        plan = Plan.PROFESSIONAL;
        standing = new TenantStandings.Standing(0, 20_000_000);
        sendFor(10, 100);
        assertThat(told).isEmpty();

        sendFor(10, 300);
        assertThat(told.getFirst().excesses().getFirst().kind())
                .isEqualTo(Kind.AGENT_MESSAGES_PER_SECOND);
    }

    @Test
    void without_limits_nobody_is_told_of() {
        plan = Plan.ENTERPRISE;
        standing = new TenantStandings.Standing(1_000_000, 1_000_000_000);
        sendFor(10, 100_000);

        assertThat(told).isEmpty();
    }

    @Test
    void what_a_connection_had_sent_before_this_tracker_saw_it_does_not_count() {
        read(connection("1"), START.minusSeconds(3600), 1_000_000);
        turn();

        assertThat(told).isEmpty();
    }

    @Test
    void what_came_in_a_minute_is_not_held_to_ten_seconds() {
        read(connection("1"), START, 0);
        now = now.plusSeconds(60);
        watch.look();
        read(connection("1"), START, 600);
        turn();

        assertThat(told).isEmpty();
    }

    @Test
    void connections_that_come_and_go_count_together() {
        for (int i = 0; i < 20; i++) {
            watch.take(
                    List.of(
                            applied(
                                    List.of(observed(connection("c" + i), now, 10, true)),
                                    List.of())));
        }
        turn();

        assertThat(told.getFirst().excesses().getFirst().observed()).isEqualTo(20);
    }

    @Test
    void sockets_and_control_messages_are_not_of_this_door() {
        ConnectionKey socket = new ConnectionKey(ReadingSource.gateway("gw", 1), "s");
        watch.take(List.of(applied(List.of(observed(socket, START, 1000, false)), List.of())));
        read(connection("1"), START, 0);
        ControlCount control = new ControlCount(AGENT, "tap-1", new Traffic(200, 0), false);
        watch.take(
                List.of(
                        applied(
                                List.of(observed(connection("1"), START, 205, false)),
                                List.of(control))));
        turn();

        assertThat(told).isEmpty();
    }

    private void sendFor(int seconds, int perSecond) {
        Instant opened = now;
        String connection = "at-" + now.getEpochSecond();
        for (int i = 1; i <= seconds; i++) {
            now = now.plusMillis(i == seconds ? 999 : 1000);
            read(connection(connection), opened, (long) i * perSecond);
        }
        turn();
    }

    private void turn() {
        now = now.plus(Duration.ofSeconds(10)).minusMillis(now.toEpochMilli() % 10_000);
        watch.look();
    }

    private void read(ConnectionKey connection, Instant opened, long messages) {
        watch.take(
                List.of(
                        applied(
                                List.of(observed(connection, opened, messages, false)),
                                List.of())));
    }

    private static ConnectionKey connection(String id) {
        return new ConnectionKey(ReadingSource.natsServer("NSERVER"), id);
    }

    private Observed observed(
            ConnectionKey connection, Instant opened, long messages, boolean last) {
        return new Observed(
                new Reading(
                        connection,
                        TENANT,
                        AGENT,
                        opened,
                        new Counters(messages, 0, 0, 0, 0, 0),
                        last),
                now);
    }

    private Applied applied(List<Observed> readings, List<ControlCount> control) {
        Map<String, Traffic> moved =
                control.isEmpty()
                        ? Map.of()
                        : Map.of(control.getFirst().counter(), control.getFirst().seen());
        return new Applied(new TenantBatch(TENANT, now, readings, control), moved);
    }
}
