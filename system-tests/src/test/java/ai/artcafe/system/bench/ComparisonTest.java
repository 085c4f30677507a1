package ai.artcafe.system.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.artcafe.system.bench.Comparison.Plan;
import ai.artcafe.system.bench.Comparison.Result;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

class ComparisonTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final List<String> turns = new ArrayList<>();

    @Test
    void contenders_take_turns_and_are_compared_within_a_round() throws Exception {
        // the machine is half as fast in the second round
        Contender baseline = scripted("baseline", 1, 1000, 500, 1000);
        Contender ours = scripted("ours", 1, 800, 400, 900);

        List<Result> results =
                new Comparison("test", List.of(baseline, ours))
                        .run(new Plan(SECOND, SECOND, 3), _ -> {});

        assertThat(turns)
                .containsExactly(
                        "baseline",
                        "ours",
                        "baseline",
                        "ours",
                        "baseline",
                        "ours",
                        "baseline",
                        "ours");
        assertThat(results.get(0).throughputRatio()).isEqualTo(1.0);
        assertThat(results.get(1).throughputRatio()).isCloseTo(0.8, within(1e-9));
        assertThat(results.get(1).messagesPerSecond()).isEqualTo(800);
    }

    @Test
    void the_median_of_an_even_number_lies_between_the_middle_two() {
        assertThat(Comparison.median(4, 1, 3, 2)).isEqualTo(2.5);
    }

    private Contender scripted(String name, long... messages) {
        Deque<Long> script = new ArrayDeque<>();
        for (long count : messages) {
            script.add(count);
        }
        return new Contender() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public Sample run(Duration duration) {
                turns.add(name);
                return new Sample(script.remove(), SECOND, SECOND);
            }

            @Override
            public void close() {}
        };
    }
}
