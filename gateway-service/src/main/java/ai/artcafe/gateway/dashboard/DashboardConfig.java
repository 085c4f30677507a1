package ai.artcafe.gateway.dashboard;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The dashboards' sockets. */
@ConfigMapping(prefix = "artcafe.gateway.dashboard")
public interface DashboardConfig {

    /**
     * Origins whose pages may open a socket, such as {@code https://app.example.com}, besides those
     * of the gateway's own host; {@code *} for all. Who sends no {@code Origin} is no browser and
     * may.
     */
    Optional<List<String>> allowedOrigins();

    /** Bytes of a frame of theirs; a larger one closes the socket with 4413. */
    @WithDefault("16384")
    int frameBytes();

    /** Frames a second that are read of one socket; more wait in the network. */
    @WithDefault("20")
    int framesPerSecond();

    /** Sockets of one user on this gateway; more are refused with 429. */
    @WithDefault("20")
    int socketsPerUser();

    /** Sockets of one tenant on this gateway; more are refused with 429. */
    @WithDefault("200")
    int socketsPerTenant();

    /** Sockets on this gateway; more are refused with 429. */
    @WithDefault("2000")
    int sockets();

    /** Channels that one socket may watch. */
    @WithDefault("50")
    int channels();

    /**
     * Bytes that may wait to be sent to one socket. What does not fit is dropped and counted; while
     * more than half of it waits for {@link #stallPatience}, previews are cut off.
     */
    @WithDefault("2097152")
    int outboundBytes();

    /** For how long half of what may wait does, until previews are cut off. */
    @WithDefault("1s")
    Duration stallPatience();

    /** Previews a second for who does not say how many. */
    @WithDefault("50")
    int previewsPerSecond();

    /** The most previews a second that a socket may ask for. */
    @WithDefault("200")
    int maxPreviewsPerSecond();

    /** Bytes of a message that its preview shows; the rest is cut off. */
    @WithDefault("1024")
    int previewBytes();

    /** How often open sockets are checked for whether their users are still members. */
    @WithDefault("5s")
    Duration membershipCheck();

    /** How often a ping is sent; who answers none of three is closed with 4408. */
    @WithDefault("30s")
    Duration ping();

    /** Sockets being let in at the same time; others are told to come back. */
    @WithDefault("64")
    int admissions();

    /** How long a metrics service may take to answer. */
    @WithDefault("2s")
    Duration pictureTimeout();

    /** How long a shutdown waits for the sockets to close. */
    @WithDefault("2s")
    Duration closePatience();
}
