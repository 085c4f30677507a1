package ai.artcafe.tracker.tap;

import static org.assertj.core.api.Assertions.assertThat;

import ai.artcafe.model.identity.Slot;
import ai.artcafe.model.usage.Traffic;
import ai.artcafe.runtime.testing.TestClock;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TapWindowsTest {

    private static final int SLOTS = 20;
    private static final int BUDGET = 1000;

    private final TapLane first = lane(1);
    private final TapLane second = lane(2);

    private static TapLane lane(long seed) {
        return new TapLane(
                new TapCounter(SLOTS),
                new TapSampler(SLOTS, BUDGET, 5 * BUDGET, new SplittableRandom(seed)));
    }

    private static void take(TapLane lane, String subject, long size) {
        int slot = lane.counter().count(subject, size);
        if (slot > 0 && lane.sampler().picks(slot)) {
            lane.sampler().add(slot, subject, size, 7, false);
        }
    }

    @Test
    void windows_have_neither_gap_nor_overlap() {
        TestClock clock = new TestClock(Instant.EPOCH);
        TapWindows windows = new TapWindows(List.of(first, second), _ -> 1, clock);
        take(first, "S0001.x", 10);
        take(second, "S0001.y", 1);
        take(second, "S0001._HEARTBEAT.tenant.acme.client.a", 3);
        clock.set(Instant.EPOCH.plusMillis(250));

        TapWindow one = windows.cut();
        assertThat(one.slots()).containsOnlyKeys(Slot.number(1));
        assertThat(one.total()).isEqualTo(new Traffic(3, 14));
        SlotWindow slot = one.slots().get(Slot.number(1));
        assertThat(slot.messages()).isEqualTo(new Traffic(2, 11));
        assertThat(slot.control()).isEqualTo(new Traffic(1, 3));
        assertThat(slot.details()).extracting(TapDetail::count).containsExactly(1, 1);
        assertThat(one.from()).isEqualTo(Instant.EPOCH);

        TapWindow empty = windows.cut();
        assertThat(empty.slots()).isEmpty();
        assertThat(empty.from()).isEqualTo(one.to());
    }

    @Test
    void the_windows_of_busy_dispatchers_add_up_to_what_was_counted() {
        TapWindows windows = new TapWindows(List.of(first, second), _ -> 1, Clock.systemUTC());
        int each = 400_000;
        List<CompletableFuture<Void>> dispatchers =
                IntStream.range(0, 2)
                        .mapToObj(i ->
                                CompletableFuture.runAsync(() -> {
                                    TapLane lane = i == 0 ? first : second;
                                    String[] subjects = {
                                        "S000" + (1 + i) + ".a", "S0003.b", "S0003._HEARTBEAT.x"
                                    };
                                    for (int n = 0; n < each; n++) {
                                        take(lane, subjects[n % 3], n % 100);
                                    }
                                }))
                        .toList();
        Traffic sum = Traffic.NONE;
        long inspected = 0;
        boolean over = false;
        while (!over) {
            over = dispatchers.stream().allMatch(CompletableFuture::isDone);
            TapWindow window = windows.cut();
            sum = sum.plus(window.total());
            for (SlotWindow slot : window.slots().values()) {
                assertThat(slot.messages().messages()).isNotNegative();
                assertThat(slot.messages().bytes()).isNotNegative();
                inspected += slot.details().stream().mapToInt(TapDetail::count).sum();
            }
        }

        long bytes = 0;
        for (int n = 0; n < each; n++) {
            bytes += n % 100;
        }
        assertThat(sum).isEqualTo(new Traffic(2L * each, 2 * bytes));
        assertThat(inspected).isPositive().isLessThan(2L * each);
        assertThat(windows.cut().slots()).isEmpty();
    }
}
