package ai.artcafe.metrics.testing;

import ai.artcafe.stack.Backing;
import ai.artcafe.stack.LocalStack;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/** Redis, DynamoDB and the token issuer that the tests of this JVM share. */
public final class SharedStores implements QuarkusTestResourceLifecycleManager {

    @Override
    public Map<String, String> start() {
        return StoreSettings.of(LocalStack.shared(Backing.REDIS, Backing.DYNAMODB));
    }

    @Override
    public void stop() {}

    public static LocalStack stack() {
        return LocalStack.shared(Backing.REDIS, Backing.DYNAMODB);
    }
}
