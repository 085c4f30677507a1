package ai.artcafe.tracker.ledger.store;

import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.key.RedisKeys;
import ai.artcafe.model.key.UsageFields;
import io.vertx.mutiny.redis.client.Response;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The sum over all tenants, from what scripts answer and archives hold of each. */
final class GlobalTotals {

    private static final List<String> NAMES =
            List.of(
                    UsageFields.PUBLISHED,
                    UsageFields.PUBLISHED_BYTES,
                    UsageFields.DELIVERED,
                    UsageFields.DELIVERED_BYTES,
                    UsageFields.CONTROL,
                    UsageFields.CONTROL_BYTES,
                    UsageFields.CONNECTIONS,
                    UsageFields.ADJUSTMENT_MESSAGES,
                    UsageFields.ADJUSTMENT_BYTES,
                    UsageFields.PROGRESS);

    /** How many fields of a tenant the answers of scripts begin with. */
    static final int FIELDS = NAMES.size();

    private final RedisCalls redis;

    GlobalTotals(RedisCalls redis) {
        this.redis = redis;
    }

    /** From the answers of scripts that changed the tenants' totals. */
    void addAnswers(Instant now, Map<TenantId, Response> answers) {
        Arguments arguments = new Arguments().add(now);
        answers.forEach((tenant, answer) -> {
            arguments.add(tenant.value());
            for (int i = 0; i < FIELDS; i++) {
                arguments.add(answer.get(i).toString());
            }
        });
        run(arguments);
    }

    /** From a tenant's totals as they are. */
    void add(Instant now, TenantId tenant, Map<String, String> totals) {
        Arguments arguments = new Arguments().add(now).add(tenant.value());
        NAMES.forEach(name -> arguments.add(totals.getOrDefault(name, "0")));
        run(arguments);
    }

    private void run(Arguments arguments) {
        redis.run(
                Script.GLOBAL,
                List.of(RedisKeys.GLOBAL, RedisKeys.GLOBAL_TENANTS),
                new ArrayList<>(arguments.list()));
    }
}
