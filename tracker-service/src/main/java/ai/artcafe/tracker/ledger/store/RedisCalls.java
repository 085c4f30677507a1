package ai.artcafe.tracker.ledger.store;

import ai.artcafe.tracker.ledger.LedgerUnavailableException;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Command;
import io.vertx.mutiny.redis.client.Redis;
import io.vertx.mutiny.redis.client.Request;
import io.vertx.mutiny.redis.client.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Redis, called blockingly with a limit in time. */
final class RedisCalls {

    private static final Logger LOG = Logger.getLogger(RedisCalls.class);

    private final Redis redis;
    private final Duration timeout;

    RedisCalls(Redis redis, Duration timeout) {
        this.redis = redis;
        this.timeout = timeout;
    }

    /**
     * The answer, empty when it is nil.
     *
     * @throws LedgerUnavailableException when Redis does not answer, or answers with an error
     */
    Optional<Response> call(Command command, List<String> arguments) {
        return await(send(command, arguments), command.toString());
    }

    Optional<Response> call(Command command, String... arguments) {
        return call(command, List.of(arguments));
    }

    /** The fields of a hash, in Redis' order. */
    Map<String, String> hash(String key) {
        return call(Command.HGETALL, key).map(RedisCalls::pairs).orElseGet(Map::of);
    }

    /** The values of fields of a hash, as far as they exist. */
    Map<String, String> fields(String key, List<String> fields) {
        if (fields.isEmpty()) {
            return Map.of();
        }
        List<String> arguments = new ArrayList<>(fields.size() + 1);
        arguments.add(key);
        arguments.addAll(fields);
        Map<String, String> found = new HashMap<>();
        call(Command.HMGET, arguments)
                .ifPresent(values -> {
                    for (int i = 0; i < fields.size(); i++) {
                        Response value = values.get(i);
                        if (value != null) {
                            found.put(fields.get(i), value.toString());
                        }
                    }
                });
        return found;
    }

    List<String> list(Command command, String... arguments) {
        return call(command, arguments).map(RedisCalls::strings).orElseGet(List::of);
    }

    /** Members of a sorted set with their scores; the command is told to give them. */
    Map<String, Long> scored(Command command, String... arguments) {
        Map<String, Long> scores = new LinkedHashMap<>();
        call(command, arguments)
                .ifPresent(answer -> {
                    boolean paired = answer.size() > 0 && answer.get(0).size() > 0;
                    for (int i = 0; i < answer.size(); i += paired ? 1 : 2) {
                        Response pair = paired ? answer.get(i) : answer;
                        int at = paired ? 0 : i;
                        scores.put(
                                pair.get(at).toString(),
                                (long) Double.parseDouble(pair.get(at + 1).toString()));
                    }
                });
        return scores;
    }

    /**
     * @throws UnrestoredException when the tenant's ledger is yet to be brought back
     */
    Response run(Script script, List<String> keys, List<String> arguments) {
        return await(evaluate(script, keys, arguments), script.name())
                .orElseThrow(() -> new IllegalStateException(script.name() + " answered nil"));
    }

    /** Runs the script by its digest; a Redis that has not seen it gets its text. */
    Uni<Response> evaluate(Script script, List<String> keys, List<String> arguments) {
        return send(Command.EVALSHA, scriptArguments(script.sha1(), keys, arguments))
                .onFailure(RedisCalls::isUnknownScript)
                .recoverWithUni(() ->
                        send(Command.EVAL, scriptArguments(script.source(), keys, arguments)));
    }

    <T> Optional<T> await(Uni<T> answer, String what) {
        try {
            return Optional.ofNullable(answer.await().indefinitely());
        } catch (RuntimeException e) {
            if (isUnrestored(e)) {
                throw new UnrestoredException(e);
            }
            LOG.debugf(e, "Redis failed: call=%s", what);
            throw new LedgerUnavailableException("Redis failed at " + what, e);
        }
    }

    /** A map, or an array of names and values; by name the client would search arrays each time. */
    static Map<String, String> pairs(Response response) {
        Map<String, String> pairs = new LinkedHashMap<>();
        if (!response.isArray()) {
            for (String field : response.getKeys()) {
                pairs.put(field, response.get(field).toString());
            }
            return pairs;
        }
        for (int i = 0; i + 1 < response.size(); i += 2) {
            pairs.put(response.get(i).toString(), response.get(i + 1).toString());
        }
        return pairs;
    }

    static List<String> strings(Response response) {
        List<String> strings = new ArrayList<>(response.size());
        for (int i = 0; i < response.size(); i++) {
            strings.add(response.get(i).toString());
        }
        return strings;
    }

    Uni<Response> send(Command command, List<String> arguments) {
        Request request = Request.cmd(command);
        for (String argument : arguments) {
            request.arg(argument);
        }
        return redis.send(request).ifNoItem().after(timeout).fail();
    }

    private static List<String> scriptArguments(
            String script, List<String> keys, List<String> arguments) {
        List<String> all = new ArrayList<>(keys.size() + arguments.size() + 2);
        all.add(script);
        all.add(Integer.toString(keys.size()));
        all.addAll(keys);
        all.addAll(arguments);
        return all;
    }

    private static boolean isUnknownScript(Throwable failure) {
        return failure.getMessage() != null && failure.getMessage().startsWith("NOSCRIPT");
    }

    /** Whether a script refused because the tenant's ledger is yet to be brought back. */
    static boolean isUnrestored(Throwable failure) {
        return failure.getMessage() != null && failure.getMessage().startsWith("UNRESTORED");
    }
}
