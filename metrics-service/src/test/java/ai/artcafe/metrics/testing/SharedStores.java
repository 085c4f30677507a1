package ai.artcafe.metrics.testing;

import ai.artcafe.stack.Backing;
import ai.artcafe.stack.LocalStack;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/** Redis, DynamoDB, NATS and the token issuer that the tests of this JVM share. */
public final class SharedStores implements QuarkusTestResourceLifecycleManager {

    /** The origin whose pages may call the API. */
    public static final String FRIEND = "https://bi.example.com";

    @Override
    public Map<String, String> start() {
        Map<String, String> settings = StoreSettings.of(stack());
        settings.put("artcafe.metrics.cors.origins", FRIEND);
        return settings;
    }

    @Override
    public void stop() {}

    public static LocalStack stack() {
        return LocalStack.shared(Backing.REDIS, Backing.DYNAMODB, Backing.NATS);
    }
}
