package ai.artcafe.metrics.analytics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KeptTest {

    private final Kept<String, Integer> kept =
            Kept.whileUsed(10, (_, weight) -> weight, Duration.ofHours(1));

    @Test
    void whatManyAskForAtOnceIsReadOnce() throws Exception {
        AtomicInteger reads = new AtomicInteger();
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        try (ExecutorService users = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> answers = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                answers.add(
                        users.submit(() ->
                                kept.get(
                                        "a",
                                        () -> {
                                            begun.countDown();
                                            awaitUninterruptibly(goOn);
                                            return reads.incrementAndGet();
                                        })));
            }
            begun.await();
            goOn.countDown();
            for (Future<Integer> answer : answers) {
                assertThat(answer.get()).isEqualTo(1);
            }
        }
        assertThat(reads).hasValue(1);
    }

    @Test
    void onlyWhatIsMissingIsRead() {
        kept.get("a", () -> 1);

        Map<String, Integer> all =
                kept.getAll(
                        Set.of("a", "b", "c"),
                        missing -> {
                            assertThat(missing).containsExactlyInAnyOrder("b", "c");
                            Map<String, Integer> read = new HashMap<>();
                            missing.forEach(key -> read.put(key, 2));
                            return read;
                        });

        assertThat(all).isEqualTo(Map.of("a", 1, "b", 2, "c", 2));
    }

    @Test
    void aFailureIsToldAndNotKept() {
        assertThatThrownBy(() ->
                        kept.get(
                                "a",
                                () -> {
                                    throw new IllegalStateException("away");
                                }))
                .isInstanceOf(IllegalStateException.class);

        assertThat(kept.present("a")).isEmpty();
        assertThat(kept.get("a", () -> 3)).isEqualTo(3);
    }

    @Test
    void thereIsNeverMoreThanItsWeight() {
        for (int i = 0; i < 100; i++) {
            kept.get("key " + i, () -> 2);
        }

        long present =
                IntStream.range(0, 100).filter(i -> kept.present("key " + i).isPresent()).count();
        assertThat(present).isLessThanOrEqualTo(5);
    }

    @Test
    void whatIsForgottenIsReadAgain() {
        kept.get("a", () -> 1);
        kept.forget("a");

        assertThat(kept.get("a", () -> 2)).isEqualTo(2);
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }
}
