package ai.artcafe.metrics.edge;

import io.smallrye.config.ConfigMapping;
import java.util.Optional;
import java.util.Set;

/** Which pages of others may call the API. */
@ConfigMapping(prefix = "artcafe.metrics.cors")
public interface CorsConfig {

    /** Origins, such as {@code https://bi.example.com}; none when empty. */
    Optional<Set<String>> origins();
}
