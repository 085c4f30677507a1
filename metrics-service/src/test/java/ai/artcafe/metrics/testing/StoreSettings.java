package ai.artcafe.metrics.testing;

import ai.artcafe.stack.LocalStack;
import java.util.HashMap;
import java.util.Map;

/** A stack's environment, as configuration of a service in this JVM. */
public final class StoreSettings {

    /** Tests ask more often than people do. */
    private static final Map<String, String> NO_HURRY =
            Map.of(
                    "artcafe.metrics.rate-limit.user-per-minute", "10000000",
                    "artcafe.metrics.rate-limit.user-burst", "10000000",
                    "artcafe.metrics.rate-limit.tenant-per-minute", "10000000",
                    "artcafe.metrics.rate-limit.tenant-burst", "10000000",
                    "artcafe.metrics.rate-limit.address-per-minute", "10000000",
                    "artcafe.metrics.rate-limit.address-burst", "10000000");

    private StoreSettings() {}

    public static Map<String, String> of(LocalStack stack) {
        System.setProperty("aws.accessKeyId", "local");
        System.setProperty("aws.secretAccessKey", "local");
        Map<String, String> settings = new HashMap<>(stack.environment());
        settings.put("artcafe.dynamodb.endpoint", stack.dynamoDbUrl().toString());
        settings.put("artcafe.dynamodb.create-tables", "true");
        settings.put("artcafe.nats.url", stack.natsUrl().toString());
        settings.put("artcafe.nats.keys-directory", stack.keysDirectory().toString());
        settings.putAll(NO_HURRY);
        return settings;
    }
}
