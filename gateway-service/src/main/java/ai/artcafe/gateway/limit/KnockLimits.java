package ai.artcafe.gateway.limit;

import ai.artcafe.model.identity.AgentId;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.github.bucket4j.Bucket;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * How often an address may ask for, or answer, a challenge, in all and for one agent, and how long
 * it waits after failures. An agent is limited for each address by itself: else a stranger could
 * lock it out. Thread-safe.
 */
@ApplicationScoped
public class KnockLimits {

    private static final Duration REMEMBERED = Duration.ofMinutes(5);
    private static final int IPV6_NETWORK_BYTES = 8;

    private final LoadingCache<String, Bucket> addresses;
    private final LoadingCache<Pair, Bucket> pairs;
    private final FailureStreaks<String> failingAddresses;
    private final FailureStreaks<Pair> failingPairs;

    private record Pair(String network, String agent) {}

    KnockLimits(LimitConfig config, Clock clock) {
        this.addresses =
                cache(config)
                        .build(_ ->
                                Buckets.of(
                                        config.addressBurst(),
                                        config.addressPerMinute(),
                                        Duration.ofMinutes(1)));
        this.pairs =
                cache(config)
                        .build(_ ->
                                Buckets.of(
                                        config.agentBurst(),
                                        config.agentPerMinute(),
                                        Duration.ofMinutes(1)));
        this.failingAddresses =
                new FailureStreaks<>(
                        config.addressFailures(),
                        config.addressWait(),
                        config.remembered(),
                        config.failuresForgotten(),
                        clock);
        this.failingPairs =
                new FailureStreaks<>(
                        config.agentFailures(),
                        config.agentWait(),
                        config.remembered(),
                        config.failuresForgotten(),
                        clock);
    }

    private static Caffeine<Object, Object> cache(LimitConfig config) {
        return Caffeine.newBuilder().maximumSize(config.remembered()).expireAfterAccess(REMEMBERED);
    }

    /**
     * @param address a textual IP address
     */
    public RateVerdict knock(String address, AgentId agent) {
        String network = network(address);
        Pair pair = new Pair(network, agent.value());
        Duration wait = longer(failingAddresses.wait(network), failingPairs.wait(pair));
        if (wait.isPositive()) {
            return new RateVerdict.Exceeded(wait);
        }
        RateVerdict verdict = Buckets.take(addresses.get(network));
        return verdict instanceof RateVerdict.Exceeded ? verdict : Buckets.take(pairs.get(pair));
    }

    /**
     * An attempt from there failed.
     *
     * @param claimed the agent that it said to be, or the key that it showed
     * @return how long the next one, or the answer to this one, is to wait; often not at all
     */
    public Duration failed(String address, String claimed) {
        String network = network(address);
        return longer(
                failingAddresses.failed(network), failingPairs.failed(new Pair(network, claimed)));
    }

    /** One succeeded: whoever is there may err again. */
    public void succeeded(String address, String claimed) {
        String network = network(address);
        failingAddresses.succeeded(network);
        failingPairs.succeeded(new Pair(network, claimed));
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    /** Whoever has one IPv6 address has the whole /64. */
    static String network(String address) {
        if (address.indexOf(':') < 0) {
            return address;
        }
        try {
            InetAddress parsed = InetAddress.ofLiteral(address);
            return parsed instanceof Inet6Address
                    ? HexFormat.of()
                            .formatHex(Arrays.copyOf(parsed.getAddress(), IPV6_NETWORK_BYTES))
                    : parsed.getHostAddress();
        } catch (IllegalArgumentException _) {
            return address;
        }
    }
}
