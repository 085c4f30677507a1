package ai.artcafe.runtime.store;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * Values read from a store: at most {@link #FRESH} old while it answers, the last known ones for
 * {@link #REMEMBERED} while it does not. Concurrent reads of one key are one read of the store.
 * Both caches hold at most {@value #CAPACITY} keys, unknown ones among them.
 */
final class LastKnown<K, V> {

    static final Duration FRESH = Duration.ofSeconds(2);
    static final Duration REMEMBERED = Duration.ofHours(1);
    private static final int CAPACITY = 20_000;

    /** How long a reader waits for the store when it has something older to go on. */
    private static final Duration PATIENCE = Duration.ofMillis(500);

    private final Function<K, V> load;
    private final Executor readers;
    private final AsyncCache<K, V> fresh;
    private final Cache<K, V> known;

    LastKnown(Function<K, V> load, Executor readers, Ticker ticker) {
        this.load = load;
        this.readers = readers;
        this.fresh =
                Caffeine.newBuilder()
                        .maximumSize(CAPACITY)
                        .expireAfterWrite(FRESH)
                        .ticker(ticker)
                        .executor(Runnable::run)
                        .buildAsync();
        this.known =
                Caffeine.newBuilder()
                        .maximumSize(CAPACITY)
                        .expireAfterWrite(REMEMBERED)
                        .ticker(ticker)
                        .executor(Runnable::run)
                        .build();
    }

    static <K, V> LastKnown<K, V> loading(Function<K, V> load) {
        return new LastKnown<>(
                load, Executors.newVirtualThreadPerTaskExecutor(), Ticker.systemTicker());
    }

    /**
     * @throws StoreAwayException when the store is away and the value is not known
     */
    V get(K key) {
        CompletableFuture<V> read = fresh.get(key, (absent, _) -> startRead(absent));
        Optional<V> older = Optional.ofNullable(known.getIfPresent(key));
        try {
            return older.isPresent()
                    ? read.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                    : read.get();
        } catch (TimeoutException slow) {
            return older.orElseThrow();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new CompletionException(interrupted);
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof RuntimeException error) {
                throw error;
            }
            throw new CompletionException(failed.getCause());
        }
    }

    void forget(K key) {
        fresh.synchronous().invalidate(key);
        known.invalidate(key);
    }

    private CompletableFuture<V> startRead(K key) {
        return CompletableFuture.supplyAsync(() -> read(key), readers);
    }

    private V read(K key) {
        try {
            V value = load.apply(key);
            known.put(key, value);
            return value;
        } catch (StoreAwayException away) {
            return Optional.ofNullable(known.getIfPresent(key)).orElseThrow(() -> away);
        }
    }
}
