package ai.artcafe.metrics.store;

import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Questions that travel to Redis together. They are answered in the order in which they were asked,
 * and an answer is made sense of when somebody wants it. Not thread-safe.
 */
final class RedisBatch {

    private final RedisPipeline redis;
    private final List<Request> commands = new ArrayList<>();
    private List<Response> answers = List.of();

    RedisBatch(RedisPipeline redis) {
        this.redis = redis;
    }

    /** The answer, once the batch has been sent. */
    <T> Supplier<T> ask(Asked<T> question) {
        int from = commands.size();
        commands.addAll(question.commands());
        int to = commands.size();
        return () -> question.meaning().apply(answers.subList(from, to));
    }

    /**
     * One round trip.
     *
     * @throws ai.artcafe.runtime.store.StoreAwayException when Redis is away
     */
    void send() {
        answers = redis.run(commands);
    }
}
