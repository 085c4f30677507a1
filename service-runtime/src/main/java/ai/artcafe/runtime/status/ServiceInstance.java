package ai.artcafe.runtime.status;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Locale;

/**
 * This run of this process.
 *
 * @param service {@code gateway}, {@code tracker} or {@code metrics}
 * @param id among all instances there ever were
 */
record ServiceInstance(String service, String id) {

    private static final int HOST_CHARACTERS = 40;

    /**
     * @param application {@code quarkus.application.name}
     */
    static ServiceInstance of(String application) {
        byte[] suffix = new byte[6];
        new SecureRandom().nextBytes(suffix);
        return new ServiceInstance(
                plain(application.replaceFirst("^artcafe-", "").replaceFirst("-service$", "")),
                plain(host()) + "-" + HexFormat.of().formatHex(suffix));
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException _) {
            return "host";
        }
    }

    private static String plain(String name) {
        String plain =
                name.toLowerCase(Locale.ROOT).replaceAll("\\..*", "").replaceAll("[^a-z0-9-]", "-");
        return plain.isEmpty()
                ? "unnamed"
                : plain.substring(0, Math.min(plain.length(), HOST_CHARACTERS));
    }
}
