package ai.artcafe.tracker.presence.store;

import ai.artcafe.runtime.store.StoreAwayException;
import ai.artcafe.runtime.store.StoreOutages;
import io.vertx.mutiny.redis.client.Command;
import io.vertx.mutiny.redis.client.Redis;
import io.vertx.mutiny.redis.client.Request;
import io.vertx.mutiny.redis.client.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** Redis, called blockingly with a limit in time. */
final class PresenceCalls {

    private final Redis redis;
    private final Duration timeout;

    PresenceCalls(Redis redis, Duration timeout) {
        this.redis = redis;
        this.timeout = timeout;
    }

    /**
     * A Lua script that lies beside this class.
     *
     * @param sha1 what Redis knows it by, once it has seen it
     */
    record Script(String source, String sha1) {

        static Script load(String name) {
            try (InputStream in = PresenceCalls.class.getResourceAsStream(name)) {
                if (in == null) {
                    throw new IllegalStateException("script is missing: " + name);
                }
                byte[] text = in.readAllBytes();
                return new Script(
                        new String(text, StandardCharsets.UTF_8),
                        HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(text)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /**
     * The answer, empty when it is nil.
     *
     * @throws StoreAwayException when Redis does not answer, or answers with an error
     */
    Optional<Response> call(Command command, List<String> arguments) {
        try {
            return Optional.ofNullable(send(command, arguments));
        } catch (RuntimeException e) {
            throw new StoreAwayException(StoreOutages.REDIS, e);
        }
    }

    Optional<Response> call(Command command, String... arguments) {
        return call(command, List.of(arguments));
    }

    /** Runs the script by its digest; a Redis that has not seen it gets its text. */
    Response run(Script script, List<String> keys, List<String> arguments) {
        try {
            try {
                return send(Command.EVALSHA, all(script.sha1(), keys, arguments));
            } catch (RuntimeException e) {
                if (e.getMessage() == null || !e.getMessage().contains("NOSCRIPT")) {
                    throw e;
                }
                return send(Command.EVAL, all(script.source(), keys, arguments));
            }
        } catch (RuntimeException e) {
            throw new StoreAwayException(StoreOutages.REDIS, e);
        }
    }

    List<String> strings(Command command, String... arguments) {
        List<String> strings = new ArrayList<>();
        call(command, arguments)
                .ifPresent(answer -> answer.forEach(s -> strings.add(s.toString())));
        return strings;
    }

    private Response send(Command command, List<String> arguments) {
        Request request = Request.cmd(command);
        arguments.forEach(request::arg);
        return redis.send(request).await().atMost(timeout);
    }

    private static List<String> all(String script, List<String> keys, List<String> arguments) {
        List<String> all = new ArrayList<>(keys.size() + arguments.size() + 2);
        all.add(script);
        all.add(Integer.toString(keys.size()));
        all.addAll(keys);
        all.addAll(arguments);
        return all;
    }
}
