package ai.artcafe.metrics.limit;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;

/** Where a request comes from: whoever has one IPv6 address has the whole /64. */
final class CallerNetwork {

    private static final int IPV6_NETWORK_BYTES = 8;

    private CallerNetwork() {}

    /**
     * @param address a textual IP address
     */
    static String of(String address) {
        if (address.indexOf(':') < 0) {
            return address;
        }
        try {
            InetAddress parsed = InetAddress.ofLiteral(address.replaceAll("%.*$", ""));
            return parsed instanceof Inet6Address
                    ? HexFormat.of()
                            .formatHex(Arrays.copyOf(parsed.getAddress(), IPV6_NETWORK_BYTES))
                    : parsed.getHostAddress();
        } catch (IllegalArgumentException _) {
            return address;
        }
    }
}
