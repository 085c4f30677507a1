package ai.artcafe.runtime.problem;

import ai.artcafe.model.problem.ErrorCode;
import io.quarkus.security.AuthenticationCompletionException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Missing and bad credentials; why a token does not hold is not told. */
public final class SecurityMappers {

    @ServerExceptionMapper
    public Response unauthorized(UnauthorizedException error, UriInfo uri) {
        return unauthenticated(uri);
    }

    @ServerExceptionMapper
    public Response failed(AuthenticationFailedException error, UriInfo uri) {
        return unauthenticated(uri);
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
