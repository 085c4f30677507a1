package ai.artcafe.runtime.status;

import jakarta.ws.rs.Path;
import java.lang.reflect.Method;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The routes of resource methods, as they are written in the code: {@code
 * /api/v1/agents/{agent_id}}. There are as many as the code has; nothing of a request is in them.
 */
final class RouteTemplates {

    static final String UNMATCHED = "(unmatched)";

    private static final Set<String> METHODS =
            Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

    private final ConcurrentMap<Method, String> known = new ConcurrentHashMap<>();

    /** {@code GET /api/v1/agents/{agent_id}}; without a resource {@code GET (unmatched)}. */
    String endpoint(String httpMethod, Optional<Method> resource) {
        String route =
                resource.map(method -> known.computeIfAbsent(method, RouteTemplates::template))
                        .orElse(UNMATCHED);
        return (METHODS.contains(httpMethod) ? httpMethod : "(method)") + " " + route;
    }

    private static String template(Method method) {
        return Stream.of(
                        Optional.ofNullable(method.getDeclaringClass().getAnnotation(Path.class)),
                        Optional.ofNullable(method.getAnnotation(Path.class)))
                .flatMap(Optional::stream)
                .flatMap(path -> Stream.of(path.value().split("/")))
                .filter(part -> !part.isEmpty())
                .map(part -> part.replaceAll("\\{\\s*([^:}\\s]+)\\s*:.*}", "{$1}"))
                .collect(Collectors.joining("/", "/", ""));
    }
}
