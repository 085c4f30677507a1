package ai.artcafe.metrics.store;

import ai.artcafe.model.key.Table;
import ai.artcafe.runtime.store.StoreAwayException;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Looks whether the stores answer, within two seconds each; for threads that may wait. */
@ApplicationScoped
public class StoreProbe {

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final RedisPipeline redis;
    private final DynamoDbClient dynamoDb;

    StoreProbe(RedisPipeline redis, DynamoDbClient dynamoDb) {
        this.redis = redis;
        this.dynamoDb = dynamoDb;
    }

    /** Why Redis does not answer; empty when it does. */
    public Optional<String> redisFailure() {
        try {
            redis.run(List.of(Request.cmd(Command.PING)));
            return Optional.empty();
        } catch (StoreAwayException away) {
            return Optional.of(root(away).getClass().getSimpleName());
        } catch (IllegalStateException refused) {
            return Optional.of("refused");
        }
    }

    /** Why DynamoDB does not answer, or has no table of tenants; empty when all is well. */
    public Optional<String> dynamoDbFailure() {
        try {
            dynamoDb.describeTable(request ->
                    request.tableName(Table.TENANTS.tableName())
                            .overrideConfiguration(call -> call.apiCallTimeout(PATIENCE)));
            return Optional.empty();
        } catch (SdkException error) {
            return Optional.of(error.getClass().getSimpleName());
        }
    }

    private static Throwable root(Throwable error) {
        Throwable root = error;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }
}
