package ai.artcafe.runtime.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class ReportsPropertyTest {

    /** Reports of two instances over some minutes, then any order of any repetition of them. */
    @Property(tries = 200)
    void anyOrderAndRepetitionOfReportsGivesTheSame(
            @ForAll @Size(min = 1, max = 40) List<@IntRange(min = 0, max = 5) Integer> events,
            @ForAll long seed) {
        List<MinuteReport> inOrder = new ArrayList<>();
        run("one", events, inOrder);
        run("two", events.reversed(), inOrder);
        Kept truth = new Kept();
        inOrder.forEach(truth::keep);

        List<MinuteReport> shuffled = new ArrayList<>(inOrder);
        Random random = new Random(seed);
        for (int i = 0; i < events.size() && !inOrder.isEmpty(); i++) {
            shuffled.add(inOrder.get(random.nextInt(inOrder.size())));
        }
        Collections.shuffle(shuffled, random);
        Kept kept = new Kept();
        shuffled.forEach(report -> kept.keep(StatusJson.report(bytes(report))));

        assertThat(numbers(kept.total())).isEqualTo(numbers(truth.total()));
        long answers = events.stream().filter(each -> each < 4).count();
        assertThat(truth.total().total().requests()).isEqualTo(2 * answers);
    }

    private static void run(String instance, List<Integer> events, List<MinuteReport> reports) {
        SteppedClock clock = new SteppedClock("2026-11-21T10:05:40Z");
        ActivityRecorder recorder = new ActivityRecorder(StatusSettings.bounded(3, 10, 60), clock);
        MinuteBook book = new MinuteBook(new ServiceInstance("metrics", instance), recorder, 60);
        for (int event : events) {
            switch (event) {
                case 0, 1, 2, 3 ->
                        recorder.answered(
                                "GET /" + event,
                                200 + event * 100,
                                Duration.ofMillis(1L << event),
                                SessionHash.of("s-" + event),
                                Optional.of("192.0." + event + ".0/24"));
                case 4 -> recorder.looked(true);
                default -> clock.step(Duration.ofSeconds(25));
            }
            book.report(clock.instant(), reports::add);
        }
        clock.step(Duration.ofMinutes(1));
        book.report(clock.instant(), reports::add);
    }

    private static byte[] bytes(MinuteReport report) {
        return StatusJson.text(report).getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }

    private static List<Object> numbers(ServiceActivity activity) {
        return List.of(
                activity.progress(),
                activity.looks(),
                activity.upMinutes(),
                activity.instances(),
                activity.endpoints().keySet(),
                activity.total().statuses(),
                activity.total().millis().count(),
                activity.total().millis().quantile(0.95),
                activity.sessions().estimate(),
                activity.networks().estimate());
    }
}
