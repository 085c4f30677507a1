package ai.artcafe.tracker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FanoutTest {

    private static final List<Integer> HUNDRED = IntStream.range(0, 100).boxed().toList();

    @Test
    void everything_is_done_once_and_no_more_than_so_many_at_once() {
        Queue<Integer> done = new ConcurrentLinkedQueue<>();
        AtomicInteger underWay = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();

        Fanout.each(
                HUNDRED,
                4,
                number -> {
                    most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
                    Thread.yield();
                    done.add(number);
                    underWay.decrementAndGet();
                });

        assertThat(done).containsExactlyInAnyOrderElementsOf(HUNDRED);
        assertThat(most.get()).isBetween(1, 4);
    }

    @Test
    void after_a_failure_nothing_further_is_begun_and_the_failure_is_thrown() {
        AtomicInteger begun = new AtomicInteger();

        assertThatThrownBy(() ->
                        Fanout.each(
                                HUNDRED,
                                1,
                                number -> {
                                    begun.incrementAndGet();
                                    if (number == 3) {
                                        throw new IllegalArgumentException("three");
                                    }
                                }))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("three");
        assertThat(begun).hasValue(4);
    }
}
