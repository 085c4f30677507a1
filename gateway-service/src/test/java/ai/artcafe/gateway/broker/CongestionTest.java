package ai.artcafe.gateway.broker;

import static org.assertj.core.api.Assertions.assertThat;

import ai.artcafe.gateway.broker.Congestion.Waiting;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class CongestionTest {

    private static final int MESSAGES = 1000;
    private static final int BYTES = 1_000_000;

    /** What the connection will say; until there is something, whoever asks waits. */
    private final BlockingQueue<Waiting> answers = new LinkedBlockingQueue<>();

    private final Congestion congestion = new Congestion(MESSAGES, BYTES, this::answer);

    private Waiting answer() {
        try {
            return answers.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Waiting.NOTHING;
        }
    }

    @Test
    void moreMessagesThanMayWaitCongest() {
        answers.add(new Waiting(MESSAGES + 1, 10));

        handOver(10, 0);

        await(congestion::isCongested);
    }

    @Test
    void moreBytesThanMayWaitCongest() {
        answers.add(new Waiting(1, BYTES + 1));

        handOver(1, BYTES / 2);

        await(congestion::isCongested);
    }

    @Test
    void aConnectionThatDoesNotAnswerIsCongestedByWhatItWasHanded() {
        handOver(MESSAGES / 2, 0);
        assertThat(congestion.isCongested()).isFalse();

        handOver(MESSAGES, 0);

        assertThat(congestion.isCongested()).isTrue();
    }

    @Test
    void onceItIsThroughTheSocketsAreReadAgain() {
        handOver(2 * MESSAGES, 0);

        answers.add(new Waiting(2 * MESSAGES, 10));
        answers.add(new Waiting(MESSAGES + 1, 10));
        await(() -> answers.isEmpty() && congestion.isCongested());
        answers.add(new Waiting(MESSAGES, 10));

        await(() -> !congestion.isCongested());
    }

    @Test
    void whatIsHandedOverAfterwardsIsAskedForAnew() {
        handOver(10, 0);
        answers.add(Waiting.NOTHING);
        await(() -> answers.isEmpty() && !congestion.isCongested());

        answers.add(new Waiting(MESSAGES + 1, 10));

        await(() -> {
            handOver(10, 0);
            return congestion.isCongested();
        });
    }

    private void handOver(int messages, int bytes) {
        for (int i = 0; i < messages; i++) {
            congestion.added(bytes);
        }
    }

    private static void await(Callable<Boolean> condition) {
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(condition);
    }
}
