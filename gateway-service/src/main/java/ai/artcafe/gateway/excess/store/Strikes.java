package ai.artcafe.gateway.excess.store;

import ai.artcafe.gateway.excess.BackOff;
import ai.artcafe.gateway.excess.ExcessConfig;
import ai.artcafe.gateway.excess.Sentence;
import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.key.RedisKeys;
import ai.artcafe.model.limit.OverLimit;
import ai.artcafe.runtime.store.RedisAnswers;
import ai.artcafe.runtime.store.StoreAwayException;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/**
 * Who was over a limit how often in a row, at {@link RedisKeys#strikes}. All methods block, and
 * throw {@link StoreAwayException} when Redis is away.
 */
@ApplicationScoped
public class Strikes {

    private static final Duration PATIENCE = Duration.ofMillis(500);

    /** A warning counts when the very next window, or the one after it, is over the limit, too. */
    private static final Duration WARNING_LIFE =
            Duration.ofSeconds(2 * OverLimit.WINDOW_SECONDS + 5L);

    /**
     * Answers with the level, 0 for a warning and -1 for nothing to do, and the back-off in
     * milliseconds. A window counts once. The window after the one for which an agent was cut off
     * still holds what it sent before that, and does not count; while it is refused nothing is
     * added.
     */
    private static final String STRIKE =
            """
            local now, window = tonumber(ARGV[1]), tonumber(ARGV[2])
            local was = redis.call('HMGET', KEYS[1], 'window', 'level', 'until')
            local level = was[2] and tonumber(was[2]) or -1
            if was[1] then
              local since = window - tonumber(was[1])
              if since <= 0 or (level > 0 and since == 1) then return {-1, 0} end
            end
            local left = was[3] and tonumber(was[3]) - now or 0
            if left > 0 then return {level, left} end
            level = level + 1
            local wait, life = 0, tonumber(ARGV[6])
            if level > 0 then
              wait = math.min(tonumber(ARGV[3]) * 2 ^ math.min(level - 1, 30), tonumber(ARGV[4]))
              life = wait + tonumber(ARGV[5])
            end
            redis.call('HDEL', KEYS[1], 'noted')
            redis.call('HSET', KEYS[1], 'window', ARGV[2], 'level', level,
                'until', string.format('%.0f', now + wait), 'kind', ARGV[7])
            redis.call('PEXPIRE', KEYS[1], string.format('%.0f', life))
            return {level, wait}
            """;

    /** Whether it was not noted before; of what is gone nothing is. */
    private static final String NOTE =
            """
            if redis.call('EXISTS', KEYS[1]) == 0 then return 0 end
            return redis.call('HSETNX', KEYS[1], 'noted', 1)
            """;

    private final Redis redis;
    private final ExcessConfig config;
    private final Clock clock;

    Strikes(Redis redis, ExcessConfig config, Clock clock) {
        this.redis = redis;
        this.config = config;
        this.clock = clock;
    }

    /** The agent was over a limit in the window. */
    public Sentence strike(OverLimit.Excess excess, long window) {
        Response answer =
                call(Request.cmd(Command.EVAL)
                                .arg(STRIKE)
                                .arg(1)
                                .arg(key(excess.tenantId(), excess.agentId()))
                                .arg(clock.millis())
                                .arg(window)
                                .arg(config.firstBackOff().toMillis())
                                .arg(config.longestBackOff().toMillis())
                                .arg(config.forgottenAfter().toMillis())
                                .arg(WARNING_LIFE.toMillis())
                                .arg(excess.kind().id()))
                        .orElseThrow();
        long level = answer.get(0).toLong();
        if (level < 0) {
            return new Sentence.Done();
        }
        return level == 0
                ? new Sentence.Warned()
                : new Sentence.CutOff(Duration.ofMillis(answer.get(1).toLong()));
    }

    /** Whether the agent is refused now. */
    public Optional<BackOff> backOff(TenantId tenant, AgentId agent) {
        return call(Request.cmd(Command.HMGET)
                        .arg(key(tenant, agent))
                        .arg("until")
                        .arg("kind")
                        .arg("noted"))
                .filter(answer -> answer.get(0) != null && answer.get(1) != null)
                .flatMap(answer ->
                        backOff(
                                answer.get(0).toLong(),
                                answer.get(1).toString(),
                                answer.get(2) != null));
    }

    /** It is noted that the agent was refused; false when it was already, since it was cut off. */
    public boolean note(TenantId tenant, AgentId agent) {
        return call(Request.cmd(Command.EVAL).arg(NOTE).arg(1).arg(key(tenant, agent)))
                .filter(answer -> answer.toLong() == 1)
                .isPresent();
    }

    private Optional<BackOff> backOff(long until, String kind, boolean noted) {
        Duration left = Duration.ofMillis(until - clock.millis());
        return Arrays.stream(OverLimit.Kind.values())
                .filter(each -> each.id().equals(kind) && left.isPositive())
                .findFirst()
                .map(each -> new BackOff(each, left, noted));
    }

    private static String key(TenantId tenant, AgentId agent) {
        return RedisKeys.strikes(tenant, agent);
    }

    private Optional<Response> call(Request request) {
        return Optional.ofNullable(
                RedisAnswers.await(redis.send(request).toCompletionStage(), PATIENCE));
    }
}
