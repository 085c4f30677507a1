package ai.artcafe.metrics.analytics;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Weigher;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What has been read, each read once however many ask for it at the same time; of bounded weight,
 * the least used goes first. What cannot be read is not kept. Thread-safe; who waits blocks.
 */
final class Kept<K, V> {

    private final AsyncCache<K, V> values;

    private Kept(AsyncCache<K, V> values) {
        this.values = values;
    }

    /** Of values that are right for ever; those unused for so long go. */
    static <K, V> Kept<K, V> whileUsed(long weight, Weigher<K, V> weigher, Duration unused) {
        return new Kept<>(
                Caffeine.newBuilder()
                        .maximumWeight(weight)
                        .weigher(weigher)
                        .expireAfterAccess(unused)
                        .executor(Runnable::run)
                        .buildAsync());
    }

    /** Of values that may be so old. */
    static <K, V> Kept<K, V> atMostFor(long weight, Weigher<K, V> weigher, Duration life) {
        return new Kept<>(
                Caffeine.newBuilder()
                        .maximumWeight(weight)
                        .weigher(weigher)
                        .expireAfterWrite(life)
                        .executor(Runnable::run)
                        .buildAsync());
    }

    V get(K key, Supplier<V> read) {
        return getAll(Set.of(key), _ -> Map.of(key, read.get())).values().iterator().next();
    }

    /**
     * @param read gives a value for each key that it is asked for
     */
    Map<K, V> getAll(Set<K> keys, Function<Set<K>, Map<K, V>> read) {
        Map<K, CompletableFuture<V>> mine = new HashMap<>();
        Map<K, CompletableFuture<V>> others = new HashMap<>();
        for (K key : keys) {
            CompletableFuture<V> future = new CompletableFuture<>();
            CompletableFuture<V> before = values.asMap().putIfAbsent(key, future);
            if (before == null) {
                mine.put(key, future);
            } else {
                others.put(key, before);
            }
        }
        Map<K, V> all = new HashMap<>();
        if (!mine.isEmpty()) {
            all.putAll(complete(mine, read));
        }
        others.forEach((key, other) -> all.put(key, await(other)));
        return all;
    }

    private Map<K, V> complete(
            Map<K, CompletableFuture<V>> mine, Function<Set<K>, Map<K, V>> read) {
        try {
            Map<K, V> found = read.apply(Set.copyOf(mine.keySet()));
            mine.forEach((key, future) -> future.complete(Objects.requireNonNull(found.get(key))));
            return found;
        } catch (RuntimeException | Error failed) {
            mine.values().forEach(future -> future.completeExceptionally(failed));
            throw failed;
        }
    }

    private static <V> V await(CompletableFuture<V> other) {
        try {
            return other.join();
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw failed;
        }
    }

    /** What is kept already. */
    Optional<V> present(K key) {
        CompletableFuture<V> future = values.getIfPresent(key);
        return future != null && future.isDone() && !future.isCompletedExceptionally()
                ? Optional.of(future.join())
                : Optional.empty();
    }

    void forget(K key) {
        values.synchronous().invalidate(key);
    }
}
