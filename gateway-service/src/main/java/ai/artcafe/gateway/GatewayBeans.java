package ai.artcafe.gateway;

import ai.artcafe.model.subject.SubjectScheme;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.HexFormat;
import java.util.Locale;

/** What the whole service shares: its identity, its clock, the subject scheme. */
class GatewayBeans {

    private static final int HOST_CHARACTERS = 22;

    @Produces
    @Singleton
    Clock clock() {
        return Clock.systemUTC();
    }

    @Produces
    @Singleton
    GatewayIdentity identity(GatewayConfig config, Clock clock) {
        return new GatewayIdentity(
                config.id().orElseGet(GatewayBeans::generatedId), clock.millis());
    }

    @Produces
    @Singleton
    SubjectScheme subjects() {
        return SubjectScheme.standard();
    }

    private static String generatedId() {
        byte[] suffix = new byte[4];
        new SecureRandom().nextBytes(suffix);
        return host() + "-" + HexFormat.of().formatHex(suffix);
    }

    private static String host() {
        try {
            String name =
                    InetAddress.getLocalHost()
                            .getHostName()
                            .toLowerCase(Locale.ROOT)
                            .replaceAll("\\..*", "")
                            .replaceAll("[^a-z0-9-]", "-")
                            .replaceAll("^-+", "");
            String shown = name.substring(0, Math.min(name.length(), HOST_CHARACTERS));
            return shown.isEmpty() ? "gateway" : shown;
        } catch (UnknownHostException _) {
            return "gateway";
        }
    }
}
