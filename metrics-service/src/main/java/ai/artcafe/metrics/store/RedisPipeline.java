package ai.artcafe.metrics.store;

import ai.artcafe.runtime.store.RedisAnswers;
import ai.artcafe.runtime.store.StoreAwayException;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Sends many commands in one go and waits for all the answers; for virtual threads. */
@ApplicationScoped
class RedisPipeline {

    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final int COMMANDS_AT_ONCE = 500;

    /** Unlike a transaction it names its keys, which a cluster goes by. */
    private static final String HASHES =
            "local hashes = {} for i = 1, #KEYS do hashes[i] = redis.call('HGETALL', KEYS[i]) end"
                    + " return hashes";

    private final Redis redis;

    RedisPipeline(Redis redis) {
        this.redis = redis;
    }

    /**
     * The answers in the order of the commands, whose keys all belong to one tenant.
     *
     * @throws StoreAwayException when Redis is away
     */
    List<Response> run(List<Request> commands) {
        List<Response> answers = new ArrayList<>(commands.size());
        for (int from = 0; from < commands.size(); from += COMMANDS_AT_ONCE) {
            int to = Math.min(commands.size(), from + COMMANDS_AT_ONCE);
            answers.addAll(send(commands.subList(from, to)));
        }
        return answers;
    }

    /**
     * Hashes of one tenant as of one moment: nothing is changed in between.
     *
     * @throws StoreAwayException when Redis is away
     */
    List<Response> hashesAtOnce(List<String> keys) {
        Request script = Request.cmd(Command.EVAL).arg(HASHES).arg(keys.size());
        keys.forEach(script::arg);
        Response answers = run(List.of(script)).getFirst();
        return IntStream.range(0, keys.size()).mapToObj(answers::get).toList();
    }

    /** What one question's commands answer. */
    <T> T ask(Asked<T> question) {
        return question.meaning().apply(run(question.commands()));
    }

    private List<Response> send(List<Request> commands) {
        return RedisAnswers.await(redis.batch(commands).toCompletionStage(), PATIENCE);
    }

    /** A hash as texts, in either protocol version. */
    static Map<String, String> hash(Response response) {
        Map<String, String> hash = new HashMap<>();
        if (response.isMap()) {
            response.getKeys().forEach(key -> hash.put(key, response.get(key).toString()));
        } else {
            for (int i = 0; i + 1 < response.size(); i += 2) {
                hash.put(response.get(i).toString(), response.get(i + 1).toString());
            }
        }
        return hash;
    }

    /** The values of a hash as they are, in either protocol version. */
    static List<byte[]> bytes(Response response) {
        List<byte[]> values = new ArrayList<>();
        if (response.isMap()) {
            response.getKeys().forEach(key -> values.add(response.get(key).toBytes()));
        } else {
            for (int i = 0; i + 1 < response.size(); i += 2) {
                values.add(response.get(i + 1).toBytes());
            }
        }
        return values;
    }

    /** A list or set as texts. */
    static List<String> texts(Response response) {
        List<String> texts = new ArrayList<>(response.size());
        response.forEach(text -> texts.add(text.toString()));
        return texts;
    }
}
