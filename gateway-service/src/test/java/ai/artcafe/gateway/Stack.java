package ai.artcafe.gateway;

import ai.artcafe.stack.Backing;
import ai.artcafe.stack.LocalStack;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.HashMap;
import java.util.Map;

/** Real NATS, Redis and DynamoDB for the service under test. */
public final class Stack implements QuarkusTestResourceLifecycleManager {

    private static final int SLOTS = 300;

    private LocalStack stack;

    @Override
    public Map<String, String> start() {
        stack =
                LocalStack.builder()
                        .with(Backing.NATS, Backing.REDIS, Backing.DYNAMODB)
                        .slots(SLOTS)
                        .inMemory()
                        .start();
        System.setProperty("aws.accessKeyId", "local");
        System.setProperty("aws.secretAccessKey", "local");
        Map<String, String> settings = new HashMap<>(stack.environment());
        settings.put("artcafe.nats.url", stack.natsUrl().toString());
        settings.put("artcafe.nats.keys-directory", stack.keysDirectory().toString());
        settings.put("artcafe.nats.slots", Integer.toString(SLOTS));
        settings.put("quarkus.redis.hosts", stack.redisUrl().toString());
        settings.put("artcafe.dynamodb.endpoint", stack.dynamoDbUrl().toString());
        settings.put("artcafe.dynamodb.create-tables", "true");
        settings.put("artcafe.gateway.id", "under-test");
        settings.put("artcafe.gateway.tenants.clear-every", "1s");
        settings.put("artcafe.gateway.broker.connect-patience", "20s");
        settings.put("artcafe.gateway.auth.limits.bad-tokens-burst", "1000000");
        settings.put("artcafe.gateway.dashboard.membership-check", "500ms");
        settings.put("artcafe.gateway.dashboard.allowed-origins", "https://friend.example.com");
        settings.put("artcafe.gateway.dashboard.stall-patience", "200ms");
        return settings;
    }

    /** A test that breaks parts on purpose has a field of the stack's type. */
    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(stack, new TestInjector.MatchesType(LocalStack.class));
    }

    @Override
    public void stop() {
        stack.close();
    }
}
