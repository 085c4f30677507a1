package ai.artcafe.tracker.flow.store;

import ai.artcafe.runtime.store.StoreAwayException;
import ai.artcafe.runtime.store.StoreOutages;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Redis;
import io.vertx.mutiny.redis.client.Request;
import io.vertx.mutiny.redis.client.Response;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Redis, called blockingly with a limit in time. */
final class FlowRedis {

    private final Redis redis;
    private final Duration timeout;

    FlowRedis(Redis redis, Duration timeout) {
        this.redis = redis;
        this.timeout = timeout;
    }

    /** The answer, null when it is nil. */
    @Nullable Response send(Request request) {
        return await(redis.send(request));
    }

    /** The answers in the order of the requests, whose keys are all of one tenant. */
    List<Response> batch(List<Request> requests) {
        return await(redis.batch(requests));
    }

    private <T> T await(Uni<T> answer) {
        try {
            return answer.await().atMost(timeout);
        } catch (RuntimeException e) {
            throw new StoreAwayException(StoreOutages.REDIS, e);
        }
    }

    /** The fields of a hash, in either version of the protocol. */
    static Map<String, Response> hash(@Nullable Response response) {
        Map<String, Response> hash = new LinkedHashMap<>();
        if (response == null) {
            return hash;
        }
        if (!response.isArray()) {
            response.getKeys().forEach(field -> hash.put(field, response.get(field)));
            return hash;
        }
        for (int i = 0; i + 1 < response.size(); i += 2) {
            hash.put(response.get(i).toString(), response.get(i + 1));
        }
        return hash;
    }
}
