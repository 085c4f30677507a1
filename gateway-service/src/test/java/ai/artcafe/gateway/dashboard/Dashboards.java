package ai.artcafe.gateway.dashboard;

import ai.artcafe.gateway.Platform;
import ai.artcafe.gateway.TestSocket;
import ai.artcafe.model.access.Role;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.stack.TokenRequest;
import java.time.Duration;
import java.util.Optional;

/** People at their dashboards. */
final class Dashboards {

    private Dashboards() {}

    static String token(String user, String tenant, Duration ttl) {
        return Platform.token(
                new TokenRequest(user, Optional.of(new TenantId(tenant)), Role.VIEWER, false, ttl));
    }

    static String token(String tenant) {
        return token("vera", tenant, Duration.ofHours(1));
    }

    /** Opens one and takes the welcome off. */
    static TestSocket open(String tenant) {
        return openWith(token(tenant));
    }

    static TestSocket openWith(String token) {
        TestSocket socket =
                TestSocket.dashboard(
                        "", settings -> settings.header("Authorization", "Bearer " + token));
        socket.next("welcome");
        return socket;
    }
}
