package ai.artcafe.nats;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Where NATS is and which keys open it. */
@ConfigMapping(prefix = "artcafe.nats")
public interface NatsConfig {

    /** The server, or several of one cluster separated by commas. */
    @WithDefault("nats://127.0.0.1:4222")
    String url();

    /** The folder with one seed file {@code <name>.nk} for each NATS user of the platform. */
    Optional<Path> keysDirectory();

    /**
     * Seeds by name, where they come from the environment and not from files. The variable {@code
     * ARTCAFE_NATS_SEED_<NAME>} does the same.
     */
    Map<String, String> seeds();

    /** How many slot accounts the server's configuration holds: one for each possible tenant. */
    @WithDefault("100")
    int slots();
}
