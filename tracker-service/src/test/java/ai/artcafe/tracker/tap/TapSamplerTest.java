package ai.artcafe.tracker.tap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TapSamplerTest {

    private static final int BUDGET = 500;

    private final TapSampler sampler =
            new TapSampler(8, BUDGET, 4 * BUDGET, new SplittableRandom(42));

    private void come(int slot, int messages, Map<String, Long> truth) {
        for (int i = 0; i < messages; i++) {
            // a pattern that every N-th message would miss or hit for ever
            String subject = "S000" + slot + (i % 4 == 0 ? ".rare" : ".often");
            truth.merge(subject, 1L, Long::sum);
            if (sampler.picks(slot)) {
                sampler.add(slot, subject, 10, TapDetail.UNKNOWN, i % 10 == 0);
            }
        }
    }

    private static long weight(TapDetail detail) {
        long sum = 0;
        for (int i = 0; i < detail.count(); i++) {
            sum += detail.weights()[i];
        }
        return sum;
    }

    private static int[] least(int n) {
        return new int[] {1, n, n, n, n, n, n, n, n};
    }

    @Test
    void a_quiet_slot_is_looked_at_in_full() {
        Map<String, Long> truth = new HashMap<>();
        for (int window = 0; window < 10; window++) {
            come(1, BUDGET - 1, truth);
            TapDetail detail = sampler.take(1);
            assertThat(detail.count()).isEqualTo(BUDGET - 1);
            assertThat(weight(detail)).isEqualTo(BUDGET - 1);
            sampler.begin(new long[] {0, BUDGET - 1, 0, 0, 0, 0, 0, 0, 0}, least(1));
        }
    }

    @Test
    void a_sample_stands_for_all_whatever_its_pattern_and_its_rate() {
        Map<String, Long> truth = new HashMap<>();
        Map<String, Long> estimate = new HashMap<>();
        long errors = 0;
        long inspected = 0;
        int all = 0;
        SplittableRandom traffic = new SplittableRandom(7);
        for (int window = 0; window < 400; window++) {
            int messages = 1 << traffic.nextInt(16); // idle, busy, and all between
            all += messages;
            come(1, messages, truth);
            TapDetail detail = sampler.take(1);
            inspected += detail.count();
            errors += detail.serviceErrors();
            for (int i = 0; i < detail.count(); i++) {
                estimate.merge(detail.subjects()[i], (long) detail.weights()[i], Long::sum);
            }
            sampler.begin(new long[] {0, messages, 0, 0, 0, 0, 0, 0, 0}, least(1));
        }

        assertThat(inspected).isLessThan(all / 5);
        truth.forEach((subject, count) ->
                assertThat((double) estimate.get(subject) / count).isCloseTo(1, within(0.03)));
        assertThat(errors / (0.1 * all)).isCloseTo(1, within(0.05));
    }

    @Test
    void what_is_kept_is_bounded_however_much_comes() {
        for (int window = 0; window < 3; window++) {
            long[] came = new long[9];
            int kept = 0;
            for (int slot = 1; slot <= 8; slot++) {
                came[slot] = 1_000_000;
                for (int i = 0; i < 1_000_000; i++) {
                    if (sampler.picks(slot)) {
                        sampler.add(slot, "S0001.x" + i, 1, TapDetail.UNKNOWN, false);
                    }
                }
                TapDetail detail = sampler.take(slot);
                kept += detail.count();
                assertThat(weight(detail) / 1e6).isCloseTo(1, within(0.4));
                assertThat(detail.count()).isLessThan(8 * BUDGET);
            }
            assertThat(kept).isLessThan(window == 0 ? 30 * BUDGET : 10 * BUDGET);
            sampler.begin(came, least(1));
        }
    }

    @Test
    void a_sampled_tenant_is_looked_at_no_closer_than_that() {
        sampler.begin(new long[9], least(100));
        int kept = 0;
        long weight = 0;
        for (int window = 0; window < 100; window++) {
            come(1, 400, new HashMap<>());
            TapDetail detail = sampler.take(1);
            kept += detail.count();
            weight += weight(detail);
            sampler.begin(new long[] {0, 400, 0, 0, 0, 0, 0, 0, 0}, least(100));
        }

        assertThat(kept).isBetween(340, 460);
        assertThat(weight).isEqualTo(100L * kept);
    }

    @Test
    void long_subjects_are_cut() {
        assertThat(sampler.picks(1)).isTrue();
        sampler.add(1, "S0001." + "x".repeat(4000), 1, 5, false);

        TapDetail detail = sampler.take(1);
        assertThat(detail.subjects()[0]).hasSize(TapSampler.MAX_SUBJECT);
        assertThat(detail.latencies()[0]).isEqualTo(5);
    }
}
