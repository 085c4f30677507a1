package ai.artcafe.model.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class FlowTest {

    @Test
    void a_million_subjects_take_no_more_room_than_some_thousand() {
        Flow flow = new Flow();

        for (int i = 0; i < 1_000_000; i++) {
            flow.subjects().add("subject." + i, 1);
            flow.distinctSubjects().add("subject." + i);
            flow.latency().add(i, 1);
        }

        assertThat(flow.toBytes()).hasSizeLessThan(20_000);
        assertThat(flow.subjects().total()).isEqualTo(1_000_000);
        assertThat(flow.distinctSubjects().estimate()).isCloseTo(1_000_000, within(150_000.0));
    }

    @Test
    void a_frequent_subject_is_found_among_a_million_others() {
        Ranking ranking = new Ranking(256);

        for (int i = 0; i < 1_000_000; i++) {
            ranking.add("other." + i, 1);
            if (i % 10 == 0) {
                ranking.add("frequent", 1);
            }
        }

        Ranking.Entry first = ranking.top(1).getFirst();
        assertThat(first.item()).isEqualTo("frequent");
        assertThat(first.atLeast()).isLessThanOrEqualTo(100_000);
        assertThat(first.estimate()).isGreaterThanOrEqualTo(100_000);
    }

    @Test
    void subjects_that_another_set_has_not_are_counted() {
        DistinctItems before = new DistinctItems();
        DistinctItems now = new DistinctItems();
        for (int i = 0; i < 100; i++) {
            before.add("s" + i);
            now.add("s" + (i + 25));
        }

        assertThat(now.notIn(before)).isEqualTo(25);
        assertThat(now.notIn(DistinctItems.of(now.toBytes()))).isZero();
    }

    @Test
    void what_is_no_flow_is_refused() {
        byte[] bytes = new Flow().toBytes();

        assertThatIllegalArgumentException().isThrownBy(() -> Flow.of(new byte[0]));
        assertThatIllegalArgumentException().isThrownBy(() -> Flow.of(new byte[] {9, 9, 9}));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Flow.of(Arrays.copyOf(bytes, bytes.length - 3)));
    }
}
