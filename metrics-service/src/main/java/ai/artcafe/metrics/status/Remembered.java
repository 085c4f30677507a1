package ai.artcafe.metrics.status;

import ai.artcafe.runtime.store.StoreAwayException;
import ai.artcafe.runtime.store.StoreOutages;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Answers: made anew once in two seconds however many ask, and while a store is away the last known
 * one for an hour. Thread-safe.
 *
 * @param <A> the answer
 */
final class Remembered<A> {

    private final UnaryOperator<A> asStale;
    private final Cache<String, A> fresh;
    private final Cache<String, A> known;

    /**
     * @param most how many questions are remembered
     */
    Remembered(int most, UnaryOperator<A> asStale) {
        this.asStale = asStale;
        this.fresh = cache(most, Duration.ofSeconds(2));
        this.known = cache(most, Duration.ofHours(1));
    }

    /**
     * @throws StoreAwayException when a store is away and there is no last answer
     */
    A get(String question, Supplier<A> make) {
        return fresh.get(
                question,
                asked -> {
                    try {
                        A made = make.get();
                        known.put(asked, made);
                        return made;
                    } catch (RuntimeException error) {
                        String store = StoreOutages.storeAway(error).orElseThrow(() -> error);
                        return Optional.ofNullable(known.getIfPresent(asked))
                                .map(asStale)
                                .orElseThrow(() -> new StoreAwayException(store, error));
                    }
                });
    }

    private static <A> Cache<String, A> cache(int most, Duration life) {
        return Caffeine.newBuilder()
                .maximumSize(most)
                .expireAfterWrite(life)
                .executor(Runnable::run)
                .build();
    }
}
