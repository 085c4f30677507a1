package ai.artcafe.metrics.testing;

import ai.artcafe.stack.LocalStack;
import java.util.HashMap;
import java.util.Map;

/** A stack's environment, as configuration of a service in this JVM. */
public final class StoreSettings {

    private StoreSettings() {}

    public static Map<String, String> of(LocalStack stack) {
        System.setProperty("aws.accessKeyId", "local");
        System.setProperty("aws.secretAccessKey", "local");
        Map<String, String> settings = new HashMap<>(stack.environment());
        settings.put("artcafe.dynamodb.endpoint", stack.dynamoDbUrl().toString());
        settings.put("artcafe.dynamodb.create-tables", "true");
        return settings;
    }
}
