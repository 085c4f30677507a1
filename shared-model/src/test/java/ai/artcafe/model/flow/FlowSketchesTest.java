package ai.artcafe.model.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.Attribution;
import ai.artcafe.model.key.FlowFields;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FlowSketchesTest {

    private static final Instant START = Instant.parse("2026-11-21T10:05:00Z");

    @Test
    void even_traffic_over_eight_subjects_has_three_bits() {
        FlowSketches sketches = new FlowSketches();
        for (int i = 0; i < 8; i++) {
            sketches.flow().subjects().add("s" + i, 5);
        }

        assertThat(sketches.point(START).subjectEntropy()).isCloseTo(3, within(1e-9));
    }

    @Test
    void more_subjects_than_are_told_apart_count_for_the_entropy_as_well() {
        FlowSketches sketches = new FlowSketches();
        for (int i = 0; i < 4_096; i++) {
            sketches.flow().subjects().add("s" + i, 1);
            sketches.flow().distinctSubjects().add("s" + i);
        }

        assertThat(sketches.point(START).subjectEntropy()).isCloseTo(12, within(0.3));
    }

    @Test
    void silence_has_no_entropy_and_no_latency() {
        FlowPoint point = new FlowSketches().point(START);

        assertThat(point.subjectEntropy()).isZero();
        assertThat(point.latencyP99()).isEmpty();
        assertThat(new FlowSketches().progress()).isZero();
    }

    @Test
    void only_agents_are_active_though_all_publishers_are_ranked() {
        FlowSketches sketches = new FlowSketches();
        sketches.add(new AgentId("a"), 3);
        sketches.add(new AgentId("b"), 0);
        sketches.add(Attribution.UNATTRIBUTED, 2);

        assertThat(sketches.point(START).activeAgents()).isEqualTo(1);
        assertThat(sketches.agents().total()).isEqualTo(5);
    }

    @Test
    void its_bytes_are_all_of_it() {
        FlowSketches sketches = sample();

        FlowSketches read = FlowSketches.of(sketches.toBytes());

        assertThat(read.point(START)).isEqualTo(sketches.point(START));
        assertThat(read.progress()).isEqualTo(sketches.progress());
        assertThat(read.agents().top(5)).isEqualTo(sketches.agents().top(5));
    }

    @Test
    void its_numbers_survive_being_fields() {
        FlowPoint point = sample().point(START);

        assertThat(FlowFields.read(START, FlowFields.write(point))).isEqualTo(point);
    }

    @Test
    void service_errors_are_counted_once() {
        assertThat(sample().errors()).isEqualTo(Map.of("service_error", 4L, "timeout", 2L));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new FlowSketches().add(ErrorSignal.SERVICE_ERROR, 1));
    }

    @Test
    void what_are_no_sketches_is_refused() {
        byte[] bytes = sample().toBytes();

        assertThatIllegalArgumentException().isThrownBy(() -> FlowSketches.of(new byte[0]));
        assertThatIllegalArgumentException().isThrownBy(() -> FlowSketches.of(new byte[] {7, 7}));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FlowSketches.of(Arrays.copyOf(bytes, bytes.length / 2)));
    }

    @Test
    void labels_are_read_back() {
        for (FlowSpan span : FlowSpan.values()) {
            assertThat(span.parse(span.label(START))).contains(span.start(START));
            assertThat(FlowSpan.ofMark(span.mark())).contains(span);
        }
        assertThat(FlowSpan.MINUTE.parse("202613010000")).isEmpty();
        assertThat(FlowSpan.HOUR.parse("20261121")).isEmpty();
        assertThat(FlowSpan.DAY.parse("")).isEmpty();
        assertThat(FlowSpan.ofMark("X")).isEmpty();
    }

    private static FlowSketches sample() {
        Flow flow = new Flow();
        flow.count(100, 5_000);
        flow.countControl(3, 30);
        flow.countInspected(50);
        flow.countServiceErrors(4);
        for (int i = 1; i <= 50; i++) {
            flow.latency().add(i, 2);
            flow.sizes().add(i, 2);
            flow.subjects().add("s" + i % 7, 2);
            flow.distinctSubjects().add("s" + i % 7);
        }
        FlowSketches sketches = new FlowSketches();
        sketches.add(flow);
        sketches.add(new AgentId("a"), 99);
        sketches.add(ErrorSignal.TIMEOUT, 2);
        return sketches;
    }
}
