package ai.artcafe.metrics.answer;

import ai.artcafe.metrics.telemetry.MetricNames;
import ai.artcafe.runtime.store.StoreAwayException;
import ai.artcafe.runtime.store.StoreOutages;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Gives the last known answer, marked stale, while a store is away. Holds at most {@value #ROWS}
 * rows of answers, each for an hour; the least used go first. Thread-safe.
 */
@Startup
@ApplicationScoped
public class LastAnswers {

    private static final Logger LOG = Logger.getLogger(LastAnswers.class);
    private static final long ROWS = 200_000;

    private final MeterRegistry metrics;
    private final Cache<Question, Answer<?>> answers =
            Caffeine.newBuilder()
                    .maximumWeight(ROWS)
                    .weigher((Question question, Answer<?> answer) -> 1 + answer.rows())
                    .expireAfterWrite(Duration.ofHours(1))
                    .executor(Runnable::run)
                    .build();

    LastAnswers(MeterRegistry metrics) {
        this.metrics = metrics;
        metrics.gauge(MetricNames.ANSWERS_HELD, answers, Cache::estimatedSize);
    }

    /**
     * A fresh answer, or the last one to the same question while a store is away.
     *
     * @throws StoreAwayException when a store is away and there is no last answer
     */
    public <A extends Answer<A>> A answer(Question question, Class<A> type, Supplier<A> fresh) {
        try {
            A answer = fresh.get();
            answers.put(question, answer);
            return answer;
        } catch (RuntimeException error) {
            String store = StoreOutages.storeAway(error).orElseThrow(() -> error);
            return lastKnown(question, type, store)
                    .orElseThrow(() -> new StoreAwayException(store, error));
        }
    }

    private <A extends Answer<A>> Optional<A> lastKnown(
            Question question, Class<A> type, String store) {
        Optional<A> last =
                Optional.ofNullable(answers.getIfPresent(question))
                        .map(type::cast)
                        .map(Answer::asStale);
        metrics.counter(
                        last.isPresent() ? MetricNames.STALE_ANSWERS : MetricNames.NO_ANSWERS,
                        MetricNames.STORE,
                        store)
                .increment();
        LOG.debugf(
                "store away store=%s tenant=%s question=%s last_known=%s",
                store, question.tenant(), question.what(), last.isPresent());
        return last;
    }
}
