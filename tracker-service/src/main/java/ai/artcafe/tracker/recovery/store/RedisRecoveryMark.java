package ai.artcafe.tracker.recovery.store;

import ai.artcafe.model.key.RedisKeys;
import ai.artcafe.model.usage.ReadingSource;
import ai.artcafe.tracker.ledger.LedgerUnavailableException;
import ai.artcafe.tracker.ledger.store.LedgerConfig;
import ai.artcafe.tracker.recovery.RecoveryMark;
import io.vertx.mutiny.redis.client.Command;
import io.vertx.mutiny.redis.client.Redis;
import io.vertx.mutiny.redis.client.Request;
import io.vertx.mutiny.redis.client.Response;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** The mark, a key of its own. */
@ApplicationScoped
public class RedisRecoveryMark implements RecoveryMark {

    private final Redis redis;
    private final LedgerConfig config;

    @Inject
    public RedisRecoveryMark(Redis redis, LedgerConfig config) {
        this.redis = redis;
        this.config = config;
    }

    @Override
    public boolean isSet() {
        return call(Request.cmd(Command.EXISTS).arg(RedisKeys.RESTORED))
                        .map(Response::toLong)
                        .orElse(0L)
                == 1;
    }

    @Override
    public void putBack(Map<ReadingSource, Instant> through) {
        through.forEach((source, at) ->
                call(
                        Request.cmd(Command.HSETNX)
                                .arg(RedisKeys.SOURCES)
                                .arg(source.key())
                                .arg(at.toEpochMilli())));
    }

    @Override
    public void set() {
        call(Request.cmd(Command.SET).arg(RedisKeys.RESTORED).arg("1"));
    }

    private Optional<Response> call(Request request) {
        try {
            return Optional.ofNullable(
                    redis.send(request)
                            .ifNoItem()
                            .after(config.timeout())
                            .fail()
                            .await()
                            .indefinitely());
        } catch (RuntimeException e) {
            throw new LedgerUnavailableException("Redis failed at " + request.command(), e);
        }
    }
}
