package ai.artcafe.metrics.testing;

import ai.artcafe.stack.Backing;
import ai.artcafe.stack.LocalStack;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/**
 * Stores, and an issuer of tokens, that only tests use that break them, with {@code
 * WithTestResource}: they share one instance of the service, and put the stores right again.
 */
public final class OwnStores implements QuarkusTestResourceLifecycleManager {

    private static LocalStack stack;

    @Override
    public Map<String, String> start() {
        stack = LocalStack.builder().with(Backing.REDIS, Backing.DYNAMODB).start();
        Map<String, String> settings = StoreSettings.of(stack);
        settings.put("artcafe.metrics.pictures.answer", "false");
        return settings;
    }

    @Override
    public void stop() {
        stack.close();
    }

    public static LocalStack stack() {
        return stack;
    }

    /**
     * After {@link SharedStores}, which Quarkus starts for every test: what starts later wins. With
     * the same order it is by chance who does, and the service may then verify tokens with the keys
     * of the one while the test signs with those of the other: 401 for everything.
     */
    @Override
    public int order() {
        return 1;
    }
}
