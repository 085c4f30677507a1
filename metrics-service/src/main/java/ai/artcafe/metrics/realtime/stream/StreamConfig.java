package ai.artcafe.metrics.realtime.stream;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Streams of live pictures; all bounds are of one process. */
@ConfigMapping(prefix = "artcafe.metrics.stream")
public interface StreamConfig {

    /** How often a stream tells the picture. */
    @WithDefault("1s")
    Duration every();

    /** Streams that one user may have open; more are refused with 429. */
    @WithDefault("20")
    int perUser();

    /** Streams that one tenant's users may have open; more are refused with 429. */
    @WithDefault("500")
    int perTenant();

    /** Streams that may be open; more are refused with 429. */
    @WithDefault("5000")
    int total();

    /** After how long a silence a comment is sent, so that nothing on the way gives up. */
    @WithDefault("15s")
    Duration heartbeat();

    /** How long a client may take nothing; then it is cut off. */
    @WithDefault("30s")
    Duration patience();

    /** How long clients are told to wait before they connect again. */
    @WithDefault("2s")
    Duration retry();
}
