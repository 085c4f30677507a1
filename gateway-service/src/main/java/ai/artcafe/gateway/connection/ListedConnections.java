package ai.artcafe.gateway.connection;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Which connections are asked for. */
enum ListedConnections {
    OPEN,
    CLOSED,
    ANY;

    static Optional<ListedConnections> parse(String id) {
        return Arrays.stream(values()).filter(listed -> listed.id().equals(id)).findFirst();
    }

    String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
