package ai.artcafe.tracker.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import ai.artcafe.model.usage.Adjustment;
import ai.artcafe.model.usage.Traffic;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever happens, in whatever order: what is booked is the truth, and never more. */
class ReconcilePropertyTest {

    private enum Kind {
        PUBLISH,
        IN_FLIGHT,
        HIDE,
        HIDE_ANOTHER,
        KICK,
        LOSE,
        BUSY_FOR_LONG,
        FAIL_LOGIN,
        START_SERVER,
        HAND_OVER,
        ROUND,
        BUSY_ROUND,
        REFUSE,
        TAP_AWAY,
        TAP_BACK,
        KILL_SERVER,
        LOSS
    }

    private record Step(Kind kind, int messages, int size) {

        void on(World world) {
            switch (kind) {
                case PUBLISH -> world.publish(messages, size, messages % 4);
                case IN_FLIGHT ->
                        world.round(
                                List.of(() -> world.publishInFlight(messages, size)), List.of());
                case HIDE -> world.hide(World.MALLORY, messages, size);
                case HIDE_ANOTHER -> world.hide(World.ALICE, messages, size);
                case KICK -> world.kick(World.ALICE, messages, size);
                case LOSE -> world.lose(messages, size);
                case BUSY_FOR_LONG -> {
                    for (int i = 0; i < 31; i++) {
                        Runnable busy = () -> world.publish(messages % 7 + 1, size, messages % 3);
                        world.round(List.of(busy), List.of(busy));
                    }
                }
                case FAIL_LOGIN -> world.failLogin(messages, size);
                case START_SERVER -> world.startServer();
                case HAND_OVER -> {
                    world.handOver();
                    world.round();
                }
                case ROUND -> world.round();
                case BUSY_ROUND ->
                        world.round(
                                List.of(
                                        () -> world.publish(messages, size, 1),
                                        () -> world.hide(World.MALLORY, messages, size)),
                                List.of(
                                        () -> world.publish(messages, size, 2),
                                        () -> world.kick(World.MALLORY, messages, size)));
                case REFUSE -> world.refuse(messages, size);
                case TAP_AWAY -> world.tapAway();
                case TAP_BACK -> world.tapBack();
                case KILL_SERVER -> world.killServer();
                case LOSS -> world.lost++;
            }
        }
    }

    @Provide
    Arbitrary<List<Step>> anything() {
        return steps(List.of(Kind.values()));
    }

    /** Nothing that takes a witness away. */
    @Provide
    Arbitrary<List<Step>> witnessed() {
        List<Kind> kinds = new ArrayList<>(List.of(Kind.values()));
        kinds.removeAll(
                List.of(
                        Kind.REFUSE,
                        Kind.BUSY_FOR_LONG,
                        Kind.TAP_AWAY,
                        Kind.TAP_BACK,
                        Kind.KILL_SERVER,
                        Kind.LOSS));
        return steps(kinds);
    }

    private static Arbitrary<List<Step>> steps(List<Kind> kinds) {
        return Combinators.combine(
                        Arbitraries.of(kinds),
                        Arbitraries.integers().between(1, 200),
                        Arbitraries.integers().between(0, 2000))
                .as(Step::new)
                .list()
                .ofMaxSize(30);
    }

    @Property(tries = 3000)
    void never_more_is_booked_than_was_published(@ForAll("anything") List<Step> steps) {
        World world = new World();
        world.round();
        for (Step step : steps) {
            step.on(world);
            assertAtMostTheTruth(world);
        }
        world.round();
        world.round();
        assertAtMostTheTruth(world);
    }

    @Property(tries = 3000)
    void everything_is_booked_when_it_settles(@ForAll("witnessed") List<Step> steps) {
        World world = new World();
        world.round();
        steps.forEach(step -> step.on(world));
        world.round();

        assertThat(world.ledger.booked(Adjustment.Reason.HIDDEN)).isEqualTo(world.hidden);
        assertThat(world.ledger.booked(Adjustment.Reason.UNCOUNTED)).isEqualTo(world.uncounted);
        assertThat(world.progress().drift()).isZero();
    }

    private static void assertAtMostTheTruth(World world) {
        assertAtMost(world.ledger.booked(Adjustment.Reason.HIDDEN), world.hidden);
        assertAtMost(world.ledger.booked(Adjustment.Reason.UNCOUNTED), world.uncounted);
    }

    private static void assertAtMost(Traffic booked, Traffic truth) {
        assertThat(booked.messages()).isBetween(0L, truth.messages());
        assertThat(booked.bytes()).isBetween(0L, truth.bytes());
    }
}
