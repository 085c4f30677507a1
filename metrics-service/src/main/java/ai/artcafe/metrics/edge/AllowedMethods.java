package ai.artcafe.metrics.edge;

import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response.Status;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/** Names the methods of an address to who used another: all resources of this service are read. */
public class AllowedMethods {

    private static final String READING = "GET, HEAD, OPTIONS";

    @ServerResponseFilter
    public void name(ContainerResponseContext response) {
        if (response.getStatus() == Status.METHOD_NOT_ALLOWED.getStatusCode()) {
            response.getHeaders().putSingle(HttpHeaders.ALLOW, READING);
        }
    }
}
