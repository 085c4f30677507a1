package ai.artcafe.tracker.flow.store;

import ai.artcafe.model.key.RedisKeys;
import ai.artcafe.tracker.flow.DueSpan;
import ai.artcafe.tracker.flow.FlowDue;
import ai.artcafe.tracker.ledger.store.LedgerConfig;
import io.vertx.mutiny.redis.client.Command;
import io.vertx.mutiny.redis.client.Redis;
import io.vertx.mutiny.redis.client.Request;
import io.vertx.mutiny.redis.client.Response;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/** {@link RedisKeys#FLOW_DUE}. */
@ApplicationScoped
public class RedisFlowDue implements FlowDue {

    private static final Logger LOG = Logger.getLogger(RedisFlowDue.class);

    /** Member, score as it was read, score to be or nothing: takes it out then. */
    private static final String SETTLE =
            """
            if tonumber(redis.call('ZSCORE', KEYS[1], ARGV[1])) ~= tonumber(ARGV[2]) then
              return 0
            end
            if ARGV[3] == '' then
              return redis.call('ZREM', KEYS[1], ARGV[1])
            end
            redis.call('ZADD', KEYS[1], ARGV[3], ARGV[1])
            return 1
            """;

    private final FlowRedis redis;

    @Inject
    public RedisFlowDue(Redis redis, LedgerConfig config) {
        this.redis = new FlowRedis(redis, config.timeout());
    }

    @Override
    public List<Entry> due(Instant now, int atMost) {
        Response found =
                redis.send(
                        Request.cmd(Command.ZRANGEBYSCORE)
                                .arg(RedisKeys.FLOW_DUE)
                                .arg("-inf")
                                .arg(now.toEpochMilli())
                                .arg("WITHSCORES")
                                .arg("LIMIT")
                                .arg(0)
                                .arg(atMost));
        List<Entry> due = new ArrayList<>();
        if (found == null) {
            return due;
        }
        boolean paired = found.size() > 0 && found.get(0).size() > 0;
        for (int i = 0; i < found.size(); i += paired ? 1 : 2) {
            Response pair = paired ? found.get(i) : found;
            int at = paired ? 0 : i;
            String member = pair.get(at).toString();
            Instant score =
                    Instant.ofEpochMilli((long) Double.parseDouble(pair.get(at + 1).toString()));
            Optional<DueSpan> span = DueSpan.parse(member);
            if (span.isPresent()) {
                due.add(new Entry(span.get(), score));
            } else {
                LOG.warnf("Thrown out, is no span: member=%s", member);
                redis.send(Request.cmd(Command.ZREM).arg(RedisKeys.FLOW_DUE).arg(member));
            }
        }
        return due;
    }

    @Override
    public void add(DueSpan span, Instant at) {
        redis.send(
                Request.cmd(Command.ZADD)
                        .arg(RedisKeys.FLOW_DUE)
                        .arg("GT")
                        .arg(at.toEpochMilli())
                        .arg(span.member()));
    }

    @Override
    public void again(Entry entry, Instant at) {
        settle(entry, Long.toString(at.toEpochMilli()));
    }

    @Override
    public void done(Entry entry) {
        settle(entry, "");
    }

    private void settle(Entry entry, String next) {
        redis.send(
                Request.cmd(Command.EVAL)
                        .arg(SETTLE)
                        .arg(1)
                        .arg(RedisKeys.FLOW_DUE)
                        .arg(entry.span().member())
                        .arg(entry.at().toEpochMilli())
                        .arg(next));
    }
}
