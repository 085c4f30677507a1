package ai.artcafe.runtime.problem;

import ai.artcafe.model.problem.ErrorCode;
import io.quarkus.security.AuthenticationCompletionException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/**
 * Missing and bad credentials; why a token does not hold is not told. One that cannot be judged, as
 * a part is away, is no bad one.
 */
public final class SecurityMappers {

    private final ThrownProblems problems;

    @Inject
    public SecurityMappers(ThrownProblems problems) {
        this.problems = problems;
    }

    @ServerExceptionMapper
    public Response unauthorized(UnauthorizedException error, UriInfo uri) {
        return unauthenticated(uri);
    }

    @ServerExceptionMapper
    public Response failed(AuthenticationFailedException error, UriInfo uri, Request request) {
        return problems.away(error, request.getMethod() + " " + uri.getRequestUri().getRawPath())
                .map(problem -> ProblemResponses.of(problem, uri))
                .orElseGet(() -> unauthenticated(uri));
    }

    @ServerExceptionMapper
    public Response incomplete(AuthenticationCompletionException error, UriInfo uri) {
        return unauthenticated(uri);
    }

    @ServerExceptionMapper
    public Response forbidden(ForbiddenException error, UriInfo uri) {
        return ProblemResponses.of(ErrorCode.FORBIDDEN, "You may not do this.", uri);
    }

    private static Response unauthenticated(UriInfo uri) {
        return ProblemResponses.of(
                ErrorCode.UNAUTHENTICATED, "A valid bearer token is needed.", uri);
    }
}
