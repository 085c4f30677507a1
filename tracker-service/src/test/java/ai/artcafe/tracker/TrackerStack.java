package ai.artcafe.tracker;

import ai.artcafe.stack.Backing;
import ai.artcafe.stack.LocalStack;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** The local stack under the service, configured as its environment would. */
public final class TrackerStack implements QuarkusTestResourceLifecycleManager {

    @Override
    public Map<String, String> start() {
        LocalStack stack = LocalStack.shared(Backing.NATS, Backing.REDIS, Backing.DYNAMODB);
        Map<String, String> settings = new HashMap<>(stack.environment());
        stack.environment()
                .forEach((name, value) -> {
                    if (name.startsWith("ARTCAFE_NATS_") || name.startsWith("ARTCAFE_DYNAMODB_")) {
                        settings.put(property(name), value);
                    }
                });
        System.setProperty(
                "aws.accessKeyId", "local"); // the AWS chain looks here, not into Quarkus
        System.setProperty("aws.secretAccessKey", "local");
        settings.put("artcafe.rollup.interval", "1s");
        // tests tell of minutes in which nothing flowed in truth
        settings.put("artcafe.anomaly.silence", "1h");
        settings.put("quarkus.http.test-port", "0");
        return settings;
    }

    private static String property(String variable) {
        String name = variable.toLowerCase(Locale.ROOT);
        String[] parts = name.split("_", 3);
        return parts[0] + "." + parts[1] + "." + parts[2].replace('_', '-');
    }

    @Override
    public void stop() {
        // the stack is shared and ends with the JVM
    }
}
