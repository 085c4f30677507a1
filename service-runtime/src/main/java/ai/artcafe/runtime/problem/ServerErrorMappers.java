package ai.artcafe.runtime.problem;

import jakarta.inject.Inject;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Everything else, as {@link ThrownProblems} tells it. */
public final class ServerErrorMappers {

    private final ThrownProblems problems;

    @Inject
    public ServerErrorMappers(ThrownProblems problems) {
        this.problems = problems;
    }

    @ServerExceptionMapper
    public Response any(Throwable error, UriInfo uri, Request request) {
        return ProblemResponses.of(
                problems.of(error, request.getMethod() + " " + uri.getRequestUri().getRawPath()),
                uri);
    }
}
