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
 * Public answers: made anew once in two seconds however many ask, and while a store is away the
 * last known one for an hour. Thread-safe.
 *
 * @param <A> the answer
 */
final class Remembered<A> {

    private static final int MOST = 8;

    private final UnaryOperator<A> asStale;
    private final Cache<String, A> fresh = cache(Duration.ofSeconds(2));
    private final Cache<String, A> known = cache(Duration.ofHours(1));

    Remembered(UnaryOperator<A> asStale) {
        this.asStale = asStale;
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

    private static <A> Cache<String, A> cache(Duration life) {
        return Caffeine.newBuilder()
                .maximumSize(MOST)
                .expireAfterWrite(life)
                .executor(Runnable::run)
                .build();
    }
}
