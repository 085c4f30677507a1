package ai.artcafe.gateway.socket;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** The agents' sockets. Limits that depend on the plan are not here. */
@ConfigMapping(prefix = "artcafe.gateway.socket")
public interface SocketConfig {

    /** A socket from which nothing comes for so long is closed with 4408. */
    @WithDefault("90s")
    Duration heartbeatTimeout();

    /** Subscriptions of one socket; more are refused. */
    @WithDefault("200")
    int subscriptions();

    /**
     * Bytes that may wait to be sent to one socket. From half of it on the agent is warned with
     * {@code slow_consumer}; above it the socket is closed with 4429.
     */
    @WithDefault("4194304")
    int outboundBytes();

    /** How deep the JSON of a frame may be nested. */
    @WithDefault("100")
    int jsonDepth();

    /** For how long a publish with the same id is the same publish. */
    @WithDefault("2m")
    Duration repeatWindow();

    /** How many ids are remembered, of all agents; the oldest are forgotten first. */
    @WithDefault("500000")
    int repeatIds();

    /** How long a request without {@code timeout_ms} waits for its reply. */
    @WithDefault("5s")
    Duration requestTimeout();

    /** The longest {@code timeout_ms}. */
    @WithDefault("60s")
    Duration maxRequestTimeout();

    /** Requests of one socket that may wait for a reply; more are refused. */
    @WithDefault("100")
    int requests();

    /** Reply subjects that one socket may still answer to; the oldest are forgotten first. */
    @WithDefault("1000")
    int replySubjects();

    /** Refused frames in a second after which a socket is not read until the second is over. */
    @WithDefault("50")
    int refusalsPerSecond();

    /**
     * Sockets being let in at the same time; others wait for their turn. Half of the connections to
     * DynamoDB: who waits there for one is told that it is away.
     */
    @WithDefault("32")
    int admissions();

    /** Sockets that may wait for their turn; others are told to come back. */
    @WithDefault("10000")
    int waitingAdmissions();

    /** How long a socket waits for its turn before it is told to come back. */
    @WithDefault("20s")
    Duration admissionPatience();

    /**
     * How long a shutdown may take to close the sockets: one after the other in the first half of
     * it; each waits up to a quarter for the replies that are under way.
     */
    @WithDefault("4s")
    Duration closePatience();
}
