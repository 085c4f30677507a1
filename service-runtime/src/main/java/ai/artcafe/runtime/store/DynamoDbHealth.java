package ai.artcafe.runtime.store;

import ai.artcafe.model.key.Table;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** {@code dynamodb}: whether it answers within two seconds and has the tenants' table. */
@Readiness
@ApplicationScoped
public class DynamoDbHealth implements HealthCheck {

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final DynamoDbClient dynamoDb;

    DynamoDbHealth(DynamoDbClient dynamoDb) {
        this.dynamoDb = dynamoDb;
    }

    @Override
    public HealthCheckResponse call() {
        var health = HealthCheckResponse.named(StoreOutages.DYNAMODB);
        try {
            dynamoDb.describeTable(request ->
                    request.tableName(Table.TENANTS.tableName())
                            .overrideConfiguration(call -> call.apiCallTimeout(PATIENCE)));
            return health.up().build();
        } catch (SdkException error) {
            return health.down().withData("error", error.getClass().getSimpleName()).build();
        }
    }
}
