package ai.artcafe.gateway.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class SharedFlushTest {

    private final AtomicInteger begun = new AtomicInteger();
    private final Semaphore mayEnd = new Semaphore(0);
    private final SharedFlush flush =
            new SharedFlush(() -> {
                begun.incrementAndGet();
                mayEnd.acquireUninterruptibly();
                return true;
            });

    @Test
    void requests_during_a_round_trip_share_the_next_one() throws Exception {
        CompletableFuture<Boolean> first = flush.request();
        Awaitility.await().atMost(30, TimeUnit.SECONDS).until(() -> begun.get() == 1);

        List<CompletableFuture<Boolean>> later = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            later.add(flush.request());
        }

        assertThat(begun).hasValue(1);
        mayEnd.release();
        assertThat(first.get(30, TimeUnit.SECONDS)).isTrue();
        assertThat(later).allMatch(request -> request == later.getFirst());
        mayEnd.release();
        assertThat(later.getFirst().get(30, TimeUnit.SECONDS)).isTrue();
        assertThat(begun).hasValue(2);
    }

    @Test
    void a_request_after_a_round_trip_begins_another() throws Exception {
        mayEnd.release(2);

        assertThat(flush.request().get(30, TimeUnit.SECONDS)).isTrue();
        assertThat(flush.request().get(30, TimeUnit.SECONDS)).isTrue();

        assertThat(begun).hasValue(2);
    }
}
