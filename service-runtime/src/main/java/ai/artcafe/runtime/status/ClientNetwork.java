package ai.artcafe.runtime.status;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The network that a client comes from: the first 24 bits of an IPv4 address, the first 48 of an
 * IPv6 address. The address itself is kept nowhere.
 */
final class ClientNetwork {

    private static final Pattern LITERAL = Pattern.compile("[0-9A-Fa-f:.]{2,45}");

    private ClientNetwork() {}

    /**
     * @param address as text, IPv6 with or without a zone; empty when it is none
     */
    static Optional<String> of(String address) {
        String bare = address.replaceAll("%.*$", "");
        boolean looksLikeOne =
                LITERAL.matcher(bare).matches()
                        && (bare.contains(":") || bare.split("\\.", -1).length == 4);
        if (!looksLikeOne) {
            return Optional.empty();
        }
        try {
            // a literal: no name is looked up; an address mapped from IPv4 becomes that
            byte[] bytes = InetAddress.getByName(bare).getAddress();
            return Optional.of(
                    bytes.length == 4
                            ? "%d.%d.%d.0/24"
                                    .formatted(bytes[0] & 0xff, bytes[1] & 0xff, bytes[2] & 0xff)
                            : HexFormat.ofDelimiter(":")
                                            .formatHex(Arrays.copyOf(bytes, 6))
                                            .replaceAll("(..):(..)", "$1$2")
                                    + "::/48");
        } catch (UnknownHostException notAnAddress) {
            return Optional.empty();
        }
    }
}
