package ai.artcafe.metrics.edge;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response.Status;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/**
 * Names the methods of an address to who used another: what is asked at {@code /graphql} is sent
 * there, all else is read.
 */
public class AllowedMethods {

    private static final String READING = "GET, HEAD, OPTIONS";
    private static final String ASKING = "POST, OPTIONS";

    @ServerResponseFilter
    public void name(ContainerRequestContext request, ContainerResponseContext response) {
        if (response.getStatus() == Status.METHOD_NOT_ALLOWED.getStatusCode()) {
            boolean isQuestion = request.getUriInfo().getPath().endsWith("/graphql");
            response.getHeaders().putSingle(HttpHeaders.ALLOW, isQuestion ? ASKING : READING);
        }
    }
}
