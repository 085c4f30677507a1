package ai.artcafe.runtime.status;

import static org.assertj.core.api.Assertions.assertThat;

import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class MinuteBookTest {

    private static final Instant MINUTE = Instant.parse("2026-11-21T10:05:00Z");
    private static final Duration TOOK = Duration.ofMillis(20);
    private static final TenantId ACME = new TenantId("acme");

    private final SteppedClock clock = new SteppedClock("2026-11-21T10:05:58Z");
    private final List<MinuteReport> sent = new ArrayList<>();

    @Test
    void theOpenMinuteIsReportedWholeEachTimeAndOnceMoreWhenItIsOver() {
        ActivityRecorder recorder = recorder(200, 2000);
        MinuteBook book = book(recorder, 60);

        answer(recorder, "GET /a", 200);
        assertThat(report(book)).isTrue();
        answer(recorder, "GET /a", 503);
        clock.step(Duration.ofSeconds(1));
        assertThat(report(book)).isTrue();
        clock.step(Duration.ofSeconds(1));
        answer(recorder, "GET /a", 200);
        assertThat(report(book)).isTrue();
        assertThat(report(book)).isTrue();

        assertThat(sent.stream().filter(each -> each.minute().equals(MINUTE)))
                .extracting(each -> each.activity().orElseThrow().progress())
                .containsExactly(1L, 2L, 2L);
        assertThat(sent.getLast().minute()).isEqualTo(MINUTE.plusSeconds(60));
        assertThat(sent.getLast().activity().orElseThrow().total().requests()).isEqualTo(1);
    }

    @Test
    void whatIsNotKeptWaitsAndIsSentInOrder() {
        ActivityRecorder recorder = recorder(200, 2000);
        MinuteBook book = book(recorder, 60);
        for (int i = 0; i < 3; i++) {
            answer(recorder, "GET /a", 200);
            assertThat(book.report(clock.instant(), _ -> false)).isFalse();
            clock.step(Duration.ofMinutes(1));
        }
        assertThat(book.report(clock.instant(), _ -> false)).isFalse();
        assertThat(book.waiting()).isEqualTo(3);

        assertThat(report(book)).isTrue();

        assertThat(sent)
                .extracting(MinuteReport::minute)
                .containsExactly(MINUTE, MINUTE.plusSeconds(60), MINUTE.plusSeconds(120));
        assertThat(book.waiting()).isZero();
    }

    @Test
    void afterTooLongTheOldestMinutesAreGivenUpAndCounted() {
        ActivityRecorder recorder = recorder(200, 2000);
        MinuteBook book = book(recorder, 2);
        for (int i = 0; i < 5; i++) {
            answer(recorder, "GET /a", 200);
            book.report(clock.instant(), _ -> false);
            clock.step(Duration.ofMinutes(1));
        }

        assertThat(report(book)).isTrue();

        assertThat(book.givenUp()).isEqualTo(3);
        assertThat(sent)
                .extracting(MinuteReport::minute)
                .containsExactly(MINUTE.plusSeconds(180), MINUTE.plusSeconds(240));
    }

    @Test
    void endpointsAndAgentsAreToldApartUpToABoundAndNothingIsLostBeyond() {
        ActivityRecorder recorder = recorder(3, 2);
        MinuteBook book = book(recorder, 60);
        for (int i = 0; i < 100; i++) {
            answer(recorder, "GET /route-" + i, 200);
            recorder.requested(
                    RequestParty.answering(ACME, new AgentId("a-" + i)),
                    RequestOutcome.ANSWERED,
                    TOOK);
        }

        report(book);

        ServiceActivity activity = sent.getFirst().activity().orElseThrow();
        assertThat(activity.endpoints())
                .hasSizeLessThanOrEqualTo(4)
                .containsKey(ServiceActivity.OTHER);
        assertThat(activity.total().requests()).isEqualTo(100);
        assertThat(activity.agentRequests().answered()).isEqualTo(100);
        assertThat(sent.get(1).requests()).hasSize(2);
    }

    @Test
    void aMinuteIsUpWhenEveryLookFoundItSo() {
        ActivityRecorder recorder = recorder(200, 2000);
        MinuteBook book = book(recorder, 60);
        recorder.looked(true);
        report(book);
        recorder.looked(false);
        recorder.looked(true);
        report(book);

        assertThat(sent)
                .extracting(each -> each.activity().orElseThrow().upMinutes())
                .containsExactly(1, 0);
        assertThat(sent.getLast().activity().orElseThrow().looks()).isEqualTo(3);
    }

    @Test
    void manyThreadsAndReportsInBetweenGiveExactSums() throws Exception {
        ActivityRecorder recorder = recorder(200, 2000);
        MinuteBook book = book(recorder, 60);
        int threads = 64;
        int each = 2_000;
        CountDownLatch go = new CountDownLatch(1);
        try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> all = new ArrayList<>();
            for (int t = 0; t < threads; t++) {
                int thread = t;
                all.add(
                        pool.submit(() -> {
                            go.await();
                            for (int i = 0; i < each; i++) {
                                answer(recorder, "GET /" + thread % 7, i % 10 == 0 ? 500 : 200);
                                if (i % 500 == 0) {
                                    clock.step(Duration.ofSeconds(1));
                                }
                            }
                            return null;
                        }));
            }
            go.countDown();
            while (all.stream().anyMatch(task -> !task.isDone())) {
                report(book);
            }
            for (Future<?> task : all) {
                task.get();
            }
        }
        report(book);
        clock.step(Duration.ofMinutes(2));
        report(book);

        Kept kept = new Kept();
        sent.forEach(kept::keep);
        assertThat(kept.total().total().requests()).isEqualTo((long) threads * each);
        assertThat(kept.total().total().failed()).isEqualTo((long) threads * each / 10);
        assertThat(kept.total().total().millis().count()).isEqualTo((long) threads * each);
        assertThat(kept.minutes()).hasSizeGreaterThan(1);
    }

    private boolean report(MinuteBook book) {
        return book.report(
                clock.instant(),
                report -> {
                    sent.add(report);
                    return true;
                });
    }

    private ActivityRecorder recorder(int endpoints, int agents) {
        return new ActivityRecorder(StatusSettings.bounded(endpoints, agents, 60), clock);
    }

    private static MinuteBook book(ActivityRecorder recorder, int waiting) {
        return new MinuteBook(new ServiceInstance("gateway", "host-1"), recorder, waiting);
    }

    private static void answer(ActivityRecorder recorder, String endpoint, int status) {
        recorder.answered(endpoint, status, TOOK, Optional.empty(), Optional.empty());
    }
}
