package ai.artcafe.tracker.anomaly.store;

import ai.artcafe.model.anomaly.AnomalyState;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.key.RedisKeys;
import ai.artcafe.tracker.anomaly.StateBoard;
import ai.artcafe.tracker.ledger.store.LedgerConfig;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.mutiny.redis.client.Command;
import io.vertx.mutiny.redis.client.Redis;
import io.vertx.mutiny.redis.client.Request;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import org.jboss.logging.Logger;

/** The states in Redis: each goes when it has not been renewed for ten minutes. */
@ApplicationScoped
public class RedisStateBoard implements StateBoard {

    private static final Logger LOG = Logger.getLogger(RedisStateBoard.class);

    private static final Duration LIFE = Duration.ofMinutes(10);

    private final Redis redis;
    private final ObjectMapper json;
    private final Duration timeout;

    @Inject
    public RedisStateBoard(Redis redis, ObjectMapper json, LedgerConfig config) {
        this.redis = redis;
        this.json = json;
        this.timeout = config.timeout();
    }

    @Override
    public void show(TenantId tenant, AnomalyState state) {
        try {
            send(
                    Request.cmd(Command.SET)
                            .arg(RedisKeys.anomalyState(tenant))
                            .arg(json.writeValueAsString(state))
                            .arg("EX")
                            .arg(Long.toString(LIFE.toSeconds())));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void remove(TenantId tenant) {
        send(Request.cmd(Command.DEL).arg(RedisKeys.anomalyState(tenant)));
    }

    private void send(Request request) {
        try {
            redis.send(request).await().atMost(timeout);
        } catch (RuntimeException e) {
            LOG.debugf("State of anomalies not shown: reason=%s", e.getMessage());
        }
    }
}
