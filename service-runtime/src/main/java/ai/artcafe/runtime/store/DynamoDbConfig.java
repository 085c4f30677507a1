package ai.artcafe.runtime.store;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.util.Optional;

/** Where DynamoDB is. Credentials come from the AWS default chain. */
@ConfigMapping(prefix = "artcafe.dynamodb")
public interface DynamoDbConfig {

    /** The endpoint; AWS's own for the region when empty. */
    Optional<URI> endpoint();

    /** The AWS region. */
    @WithDefault("us-east-1")
    String region();

    /** Whether missing tables are created at start. */
    @WithDefault("false")
    boolean createTables();
}
