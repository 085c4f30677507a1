package ai.artcafe.tracker.presence;

import static org.assertj.core.api.Assertions.assertThat;

import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.Slot;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.presence.Door;
import ai.artcafe.model.presence.PresenceStatus;
import ai.artcafe.model.subject.SubjectClass;
import ai.artcafe.runtime.testing.TestClock;
import ai.artcafe.tracker.Settings;
import ai.artcafe.tracker.reconcile.SlotMap;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PresenceIntakeTest {

    private static final Slot ONE = Slot.number(1);
    private static final Slot TWO = Slot.number(2);
    private static final TenantId ACME = new TenantId("acme");
    private static final TenantId OTHER = new TenantId("other");
    private static final AgentId A1 = new AgentId("a1");
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

    private final Figures figures = new Figures();
    private final TestClock clock = new TestClock(NOW);
    private final SlotMap slots = new SlotMap(this::owners, clock);
    private final PresenceIntake intake = intake(Map.of());
    private final Map<String, Facts> taken = new LinkedHashMap<>();
    private int timesAsked;

    private PresenceIntake intake(Map<String, String> settings) {
        PresenceConfig config = Settings.of(PresenceConfig.class, settings);
        return new PresenceIntake(
                config, new SelfReportReader(config.maxMetrics(), figures::ignore), figures, clock);
    }

    @Test
    void a_heartbeat_in_its_tenants_slot_is_taken_once() {
        heard(intake, ONE, ACME, SubjectClass.Kind.HEARTBEAT, "{\"status\":\"degraded\"}");
        drain(intake);

        Facts facts = taken.get("acme/a1");
        assertThat(facts.beat()).isEqualTo(NOW);
        assertThat(facts.door()).hasValue(Door.NATS);
        assertThat(facts.reported()).hasValue(PresenceStatus.DEGRADED);
        taken.clear();
        drain(intake);
        assertThat(taken).isEmpty();
    }

    @Test
    void presence_and_self_reports_are_no_heartbeats() {
        heard(intake, ONE, ACME, SubjectClass.Kind.PRESENCE, "{\"status\":\"degraded\"}");
        heard(intake, ONE, ACME, SubjectClass.Kind.METRICS, "{\"metrics\":{\"x\":1}}");
        drain(intake);

        Facts facts = taken.get("acme/a1");
        assertThat(facts.beat()).isEqualTo(Instant.EPOCH);
        assertThat(facts.reported()).hasValue(PresenceStatus.DEGRADED);
        assertThat(facts.metrics()).containsEntry("x", 1.0);
    }

    @Test
    void a_forged_agent_of_another_tenant_is_ignored_and_counted() {
        heard(intake, TWO, ACME, SubjectClass.Kind.HEARTBEAT, "{\"status\":\"unhealthy\"}");
        heard(intake, ONE, ACME, SubjectClass.Kind.HEARTBEAT, "{\"status\":\"online\"}");
        heard(intake, TWO, ACME, SubjectClass.Kind.HEARTBEAT, "{\"status\":\"unhealthy\"}");
        drain(intake);

        assertThat(taken).containsOnlyKeys("acme/a1");
        assertThat(taken.get("acme/a1").reported()).hasValue(PresenceStatus.ONLINE);
        assertThat(figures.ignored(Ignored.FOREIGN_SLOT)).isEqualTo(1);
    }

    @Test
    void one_in_a_slot_that_is_nobodys_waits_for_its_tenant_and_not_for_long() {
        Slot three = Slot.number(3);
        heard(intake, three, ACME, SubjectClass.Kind.HEARTBEAT, "{}");
        drain(intake);
        assertThat(taken).isEmpty();
        assertThat(timesAsked).isEqualTo(1);

        clock.advance(Duration.ofMillis(500));
        drain(intake);
        assertThat(timesAsked).isEqualTo(2);

        clock.advance(Duration.ofSeconds(9));
        drain(intake);
        assertThat(figures.ignored(Ignored.UNKNOWN_SLOT)).isEqualTo(1);
        assertThat(intake.waiting()).isZero();
    }

    @Test
    void of_a_body_of_a_megabyte_only_that_it_came_counts() {
        intake.heard(
                ONE,
                new SubjectClass.Control(ACME, A1, SubjectClass.Kind.HEARTBEAT),
                new byte[1 << 20]);
        drain(intake);

        assertThat(taken.get("acme/a1").beat()).isEqualTo(NOW);
        assertThat(taken.get("acme/a1").reported()).isEmpty();
        assertThat(figures.ignored(Ignored.TOO_LARGE)).isEqualTo(1);
    }

    @Test
    void a_flood_takes_no_more_room_than_there_is() {
        PresenceIntake small =
                intake(
                        Map.of(
                                "artcafe.presence.max-waiting", "10",
                                "artcafe.presence.max-waiting-bytes", "20"));
        for (int i = 0; i < 1000; i++) {
            small.heard(
                    ONE,
                    new SubjectClass.Control(
                            ACME, new AgentId("a" + i % 20), SubjectClass.Kind.HEARTBEAT),
                    "{\"x\":1234}".getBytes(StandardCharsets.UTF_8));
        }

        assertThat(small.waiting()).isEqualTo(10);
        drain(small);
        assertThat(taken).hasSize(10);
        assertThat(figures.ignored(Ignored.NO_ROOM)).isPositive();
    }

    private Map<Slot, TenantId> owners() {
        timesAsked++;
        return Map.of(ONE, ACME, TWO, OTHER);
    }

    private static void heard(
            PresenceIntake intake,
            Slot slot,
            TenantId tenant,
            SubjectClass.Kind kind,
            String payload) {
        intake.heard(
                slot,
                new SubjectClass.Control(tenant, A1, kind),
                payload.getBytes(StandardCharsets.UTF_8));
    }

    private void drain(PresenceIntake from) {
        slots.refresh();
        from.drain(
                slots,
                (tenant, agent, facts) -> taken.merge(tenant + "/" + agent, facts, Facts::merge));
    }
}
