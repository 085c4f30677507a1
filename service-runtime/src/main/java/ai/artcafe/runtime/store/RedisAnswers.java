package ai.artcafe.runtime.store;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Waits for what Redis answers. */
public final class RedisAnswers {

    private RedisAnswers() {}

    /**
     * The answer, null where Redis has none. Blocks.
     *
     * @throws StoreAwayException when there is none in time, or no Redis
     * @throws IllegalStateException when Redis refused the command
     */
    public static <T extends @Nullable Object> T await(
            CompletionStage<T> answer, Duration patience) {
        try {
            return answer.toCompletableFuture().get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException failed) {
            throw StoreOutages.storeAway(failed)
                    .<RuntimeException>map(store -> new StoreAwayException(store, failed))
                    .orElseGet(() -> new IllegalStateException("Redis refused", failed));
        } catch (TimeoutException late) {
            throw new StoreAwayException(StoreOutages.REDIS, late);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new StoreAwayException(StoreOutages.REDIS, stopped);
        }
    }
}
