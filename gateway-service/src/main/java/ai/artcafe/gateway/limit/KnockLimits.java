package ai.artcafe.gateway.limit;

import ai.artcafe.model.identity.AgentId;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.github.bucket4j.Bucket;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * How often an address may ask for, or answer, a challenge, in all and for one agent. An agent is
 * limited for each address by itself: else a stranger could lock it out. Thread-safe.
 */
@ApplicationScoped
public class KnockLimits {

    private static final Duration REMEMBERED = Duration.ofMinutes(5);
    private static final int IPV6_NETWORK_BYTES = 8;

    private final LoadingCache<String, Bucket> addresses;
    private final LoadingCache<Pair, Bucket> pairs;

    private record Pair(String network, String agent) {}

    KnockLimits(LimitConfig config) {
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
    }

    private static Caffeine<Object, Object> cache(LimitConfig config) {
        return Caffeine.newBuilder().maximumSize(config.remembered()).expireAfterAccess(REMEMBERED);
    }

    /**
     * @param address a textual IP address
     */
    public RateVerdict knock(String address, AgentId agent) {
        String network = network(address);
        RateVerdict verdict = Buckets.take(addresses.get(network));
        return verdict instanceof RateVerdict.Exceeded
                ? verdict
                : Buckets.take(pairs.get(new Pair(network, agent.value())));
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
