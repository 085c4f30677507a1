package ai.artcafe.runtime.problem;

import ai.artcafe.stack.LocalStack;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/** The issuer's keys, and stores that are not there. */
public final class IssuerKeys implements QuarkusTestResourceLifecycleManager {

    @Override
    public Map<String, String> start() {
        System.setProperty("aws.accessKeyId", "local");
        System.setProperty("aws.secretAccessKey", "local");
        LocalStack stack = LocalStack.shared();
        return Map.of(
                "ARTCAFE_JWT_JWKS_LOCATION", "file:" + stack.keysDirectory().resolve("jwks.json"),
                "ARTCAFE_REDIS_URL", stack.redisUrl().toString(),
                "artcafe.dynamodb.endpoint", stack.dynamoDbUrl().toString());
    }

    @Override
    public void stop() {}
}
