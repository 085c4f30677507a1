package ai.artcafe.metrics.store;

import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.List;
import java.util.function.Function;

/**
 * A question to Redis that can travel together with others.
 *
 * @param commands what it takes
 * @param meaning of their answers, in the order of the commands
 */
record Asked<T>(List<Request> commands, Function<List<Response>, T> meaning) {

    Asked {
        commands = List.copyOf(commands);
    }
}
