package ai.artcafe.model.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** However the messages are dealt out among the taps, the merge of what they saw is the same. */
class FlowPropertyTest {

    @Property(tries = 100)
    void a_merge_of_flows_is_the_flow_of_all(
            @ForAll @Size(min = 1, max = 300) List<@IntRange(max = 100_000) Integer> sizes,
            @ForAll @IntRange(min = 1, max = 5) int taps) {
        Flow whole = new Flow();
        List<Flow> parts = new ArrayList<>();
        for (int i = 0; i < taps; i++) {
            parts.add(new Flow());
        }
        for (int i = 0; i < sizes.size(); i++) {
            take(whole, sizes.get(i));
            take(parts.get(i % taps), sizes.get(i));
        }

        Flow merged = new Flow();
        parts.forEach(part -> merged.merge(Flow.of(part.toBytes())));

        assertThat(merged.messages()).isEqualTo(whole.messages());
        assertThat(merged.bytes()).isEqualTo(whole.bytes());
        assertThat(merged.inspected()).isEqualTo(whole.inspected());
        assertThat(merged.distinctSubjects().estimate())
                .isEqualTo(whole.distinctSubjects().estimate());
        assertThat(merged.subjects().top(500)).hasSameElementsAs(whole.subjects().top(500));
        for (double rank : new double[] {0, 0.5, 0.95, 0.99, 1}) {
            assertThat(merged.latency().quantile(rank)).isEqualTo(whole.latency().quantile(rank));
        }
    }

    @Property(tries = 100)
    void a_quantile_is_within_one_percent_of_the_value(
            @ForAll @Size(min = 1, max = 500)
                    List<@IntRange(min = 1, max = 1_000_000) Integer> values) {
        Distribution distribution = new Distribution();
        values.forEach(value -> distribution.add(value, 1));
        List<Integer> sorted = new ArrayList<>(values);
        Collections.sort(sorted);

        for (double rank : new double[] {0.5, 0.95, 0.99}) {
            double exact = sorted.get((int) (rank * (sorted.size() - 1)));
            assertThat(distribution.quantile(rank).orElseThrow())
                    .isCloseTo(exact, within(exact * Distribution.RELATIVE_ERROR * 1.001));
        }
    }

    private static void take(Flow flow, int size) {
        flow.count(1, size);
        flow.countInspected(1);
        flow.sizes().add(size, 1);
        flow.latency().add(size % 997, 1);
        String subject = "s" + size % 150;
        flow.subjects().add(subject, 1);
        flow.distinctSubjects().add(subject);
    }
}
