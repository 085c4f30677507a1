package ai.artcafe.runtime.status;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Cookie;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Optional;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/** Takes the time of every REST request, and tells the recorder of its answer. */
public class StatusFilters {

    /** What a client may name its session by; the cookie is looked at without it. */
    public static final String SESSION_HEADER = "X-Session-Id";

    public static final String SESSION_COOKIE = "artcafe_session";

    private static final String BEGUN = StatusFilters.class.getName();
    private static final int FIRST_ERROR = 400;

    private final ActivityRecorder recorder;
    private final RouteTemplates routes = new RouteTemplates();

    StatusFilters(ActivityRecorder recorder) {
        this.recorder = recorder;
    }

    @ServerRequestFilter(preMatching = true, priority = Integer.MIN_VALUE)
    public void begin(ContainerRequestContext request) {
        request.setProperty(BEGUN, System.nanoTime());
    }

    @ServerResponseFilter
    public void end(
            ContainerRequestContext request,
            ContainerResponseContext response,
            ResourceInfo resource,
            HttpServerRequest connection) {
        if (!(request.getProperty(BEGUN) instanceof Long begun)) {
            return;
        }
        int status = response.getStatus();
        boolean isUse = status < FIRST_ERROR;
        recorder.answered(
                routes.endpoint(request.getMethod(), method(resource)),
                status,
                Duration.ofNanos(System.nanoTime() - begun),
                isUse ? session(request).flatMap(SessionHash::of) : Optional.empty(),
                isUse ? address(connection).flatMap(ClientNetwork::of) : Optional.empty());
    }

    private static Optional<Method> method(ResourceInfo resource) {
        return Optional.ofNullable(resource).map(ResourceInfo::getResourceMethod);
    }

    private static Optional<String> session(ContainerRequestContext request) {
        return Optional.ofNullable(request.getHeaderString(SESSION_HEADER))
                .or(() ->
                        Optional.ofNullable(request.getCookies().get(SESSION_COOKIE))
                                .map(Cookie::getValue));
    }

    private static Optional<String> address(HttpServerRequest connection) {
        return Optional.ofNullable(connection.remoteAddress()).map(SocketAddress::hostAddress);
    }
}
