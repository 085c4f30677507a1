package ai.artcafe.runtime.status;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The network that a client comes from: the first 24 bits of an IPv4 address, the first 48 of an
 * IPv6 address. The address itself is kept nowhere.
 */
final class ClientNetwork {

    /** Shorter forms are taken for other addresses by whoever reads them differently. */
    private static final int IPV4_PARTS = 4;

    private ClientNetwork() {}

    /**
     * @param address as text, IPv6 with or without a zone; empty when it is none
     */
    static Optional<String> of(String address) {
        String bare = address.replaceAll("%.*$", "");
        if (!bare.contains(":") && bare.split("\\.", -1).length != IPV4_PARTS) {
            return Optional.empty();
        }
        try {
            // looks no name up; an address mapped from IPv4 becomes that
            byte[] bytes = InetAddress.ofLiteral(bare).getAddress();
            return Optional.of(
                    bytes.length == 4
                            ? "%d.%d.%d.0/24"
                                    .formatted(bytes[0] & 0xff, bytes[1] & 0xff, bytes[2] & 0xff)
                            : HexFormat.ofDelimiter(":")
                                            .formatHex(Arrays.copyOf(bytes, 6))
                                            .replaceAll("(..):(..)", "$1$2")
                                    + "::/48");
        } catch (IllegalArgumentException notAnAddress) {
            return Optional.empty();
        }
    }
}
