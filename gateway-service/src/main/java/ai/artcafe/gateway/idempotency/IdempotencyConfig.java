package ai.artcafe.gateway.idempotency;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Requests with an {@code Idempotency-Key}. */
@ConfigMapping(prefix = "artcafe.gateway.idempotency")
public interface IdempotencyConfig {

    /** For how long the answer to a request is given again to the same request. */
    @WithDefault("24h")
    Duration kept();

    /** After how long a request that was begun and never answered may be served again. */
    @WithDefault("90s")
    Duration patience();

    /** How many bytes of an answer are kept; DynamoDB takes 400 KB. */
    @WithDefault("262144")
    int answerBytes();
}
