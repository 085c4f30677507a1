package ai.artcafe.metrics.usage.export;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Files of usage. */
@ConfigMapping(prefix = "artcafe.metrics.export")
public interface ExportConfig {

    /** How many files a tenant may be given at once; more are refused. */
    @WithDefault("2")
    int perTenant();

    /** How many files are given out at once by one instance of the service; more are refused. */
    @WithDefault("16")
    int atOnce();

    /** How long giving out a file may take; then the connection is cut, and the client goes on. */
    @WithDefault("30m")
    Duration timeLimit();
}
