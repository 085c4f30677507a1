package ai.artcafe.gateway.store;

import ai.artcafe.runtime.store.RedisAnswers;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Commands that are on their way at the same time, each on its own, as a cluster has tenants in
 * different places. Blocks.
 */
public final class RedisBatch {

    /** No more than so many at a time. */
    private static final int AT_ONCE = 200;

    private RedisBatch() {}

    /**
     * The answers in the order of the commands, null where Redis has none.
     *
     * @param patience for so many as go at a time
     * @throws ai.artcafe.runtime.store.StoreAwayException when one is not answered in time
     */
    public static List<@Nullable Response> send(
            Redis redis, List<Request> commands, Duration patience) {
        List<@Nullable Response> answers = new ArrayList<>(commands.size());
        for (int from = 0; from < commands.size(); from += AT_ONCE) {
            List<CompletableFuture<@Nullable Response>> sent =
                    commands.subList(from, Math.min(commands.size(), from + AT_ONCE)).stream()
                            .map(command ->
                                    redis.send(command).toCompletionStage().toCompletableFuture())
                            .toList();
            RedisAnswers.await(
                    CompletableFuture.allOf(sent.toArray(CompletableFuture[]::new)), patience);
            sent.forEach(answer -> answers.add(answer.join()));
        }
        return answers;
    }
}
