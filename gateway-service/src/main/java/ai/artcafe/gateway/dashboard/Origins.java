package ai.artcafe.gateway.dashboard;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Which pages may open a socket. */
@ApplicationScoped
class Origins {

    private static final String ANY = "*";

    private final Set<String> allowed;

    @Inject
    Origins(DashboardConfig config) {
        this(config.allowedOrigins().orElse(List.of()));
    }

    Origins(List<String> allowed) {
        this.allowed =
                allowed.stream()
                        .map(origin -> origin.toLowerCase(Locale.ROOT))
                        .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * @param origin the header {@code Origin}
     * @param host the header {@code Host}: its own pages may, whatever their port
     */
    boolean admits(Optional<String> origin, Optional<String> host) {
        return origin.isEmpty()
                || allowed.contains(ANY)
                || allowed.contains(origin.get().toLowerCase(Locale.ROOT))
                || isSame(hostOf(origin.get()), host.flatMap(name -> hostOf("http://" + name)));
    }

    private static boolean isSame(Optional<String> one, Optional<String> other) {
        return one.isPresent() && one.equals(other);
    }

    private static Optional<String> hostOf(String address) {
        try {
            return Optional.ofNullable(URI.create(address).getHost())
                    .map(name -> name.toLowerCase(Locale.ROOT));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
