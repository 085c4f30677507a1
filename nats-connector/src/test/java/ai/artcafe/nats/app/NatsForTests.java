package ai.artcafe.nats.app;

import ai.artcafe.stack.Backing;
import ai.artcafe.stack.LocalStack;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/** The stack that this module's application tests run on. */
public class NatsForTests implements QuarkusTestResourceLifecycleManager {

    /** Where the server tells who is subscribed. */
    static final String MONITORING = "test.nats.monitoring";

    @Override
    public Map<String, String> start() {
        LocalStack stack = LocalStack.shared(Backing.NATS);
        return Map.of(
                "artcafe.nats.url",
                stack.natsUrl().toString(),
                "artcafe.nats.keys-directory",
                stack.keysDirectory().toString(),
                MONITORING,
                stack.natsMonitoringUrl().toString());
    }

    @Override
    public void stop() {}
}
