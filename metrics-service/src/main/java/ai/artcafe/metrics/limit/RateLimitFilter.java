package ai.artcafe.metrics.limit;

import ai.artcafe.model.problem.ProblemException;
import ai.artcafe.runtime.access.RequestAccess;
import ai.artcafe.runtime.access.UserPrincipal;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MultivaluedMap;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/**
 * Has every REST request pay before it is served, and tells what is left in the headers of
 * draft-ietf-httpapi-ratelimit-headers. Health, metrics, the page and its description are no REST
 * resources and are never limited.
 */
public class RateLimitFilter {

    private static final String POLICY = "RateLimit-Policy";
    private static final String LIMIT = "RateLimit";

    private final RateLimits limits;
    private final RequestAllowance allowance;
    private final RequestAccess access;
    private final ConcurrentMap<Method, Integer> costs = new ConcurrentHashMap<>();

    RateLimitFilter(RateLimits limits, RequestAllowance allowance, RequestAccess access) {
        this.limits = limits;
        this.allowance = allowance;
        this.access = access;
    }

    @ServerRequestFilter
    public void pay(
            ContainerRequestContext request, ResourceInfo resource, HttpServerRequest connection) {
        if (!limits.enabled()) {
            return;
        }
        allowance.costs(costs.computeIfAbsent(resource.getResourceMethod(), this::cost));
        user(request)
                .ifPresentOrElse(
                        user -> allowance.takeForUser(user.id()),
                        () -> allowance.takeForAddress(address(connection)));
    }

    private int cost(Method method) {
        return Optional.ofNullable(method.getAnnotation(Cost.class)).map(Cost::value).orElse(1);
    }

    /** Nobody when the token does not hold: whether that matters is the resource's to say. */
    private Optional<UserPrincipal> user(ContainerRequestContext request) {
        if (request.getHeaderString(HttpHeaders.AUTHORIZATION) == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(access.requireUser());
        } catch (ProblemException | SecurityException nobody) {
            return Optional.empty();
        }
    }

    private static String address(HttpServerRequest connection) {
        return Optional.ofNullable(connection.remoteAddress())
                .map(SocketAddress::hostAddress)
                .map(CallerNetwork::of)
                .orElse("unknown");
    }

    @ServerResponseFilter
    public void tell(ContainerResponseContext response) {
        List<Take> takes = allowance.takes();
        if (takes.isEmpty()) {
            return;
        }
        MultivaluedMap<String, Object> headers = response.getHeaders();
        headers.putSingle(POLICY, list(takes, RateLimitFilter::policy));
        headers.putSingle(LIMIT, list(takes, RateLimitFilter::left));
    }

    private static String list(List<Take> takes, Function<Take, String> item) {
        return takes.stream().map(item).collect(Collectors.joining(", "));
    }

    private static String policy(Take take) {
        return '"' + take.caller().kind() + "\";q=" + take.perMinute() + ";w=60";
    }

    private static String left(Take take) {
        return '"'
                + take.caller().kind()
                + "\";r="
                + take.remaining()
                + ";t="
                + RequestAllowance.seconds(take.granted() ? take.full() : take.retryAfter());
    }
}
