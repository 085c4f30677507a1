package ai.artcafe.runtime.problem;

import ai.artcafe.model.problem.ErrorCode;
import ai.artcafe.model.problem.ProblemException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.Map;

/** Problems as HTTP answers, with the headers that their codes call for. */
final class ProblemResponses {

    /** The member that becomes {@code Retry-After}, in seconds. */
    static final String RETRY_AFTER = "retry_after";

    private ProblemResponses() {}

    static Response of(ErrorCode code, String detail, UriInfo uri) {
        return of(new ProblemException(code, detail), uri);
    }

    static Response of(ProblemException problem, UriInfo uri) {
        return builder(problem, uri).build();
    }

    static Response.ResponseBuilder builder(ProblemException problem, UriInfo uri) {
        Map<String, String> members = problem.members();
        Response.ResponseBuilder response =
                Response.status(problem.code().httpStatus())
                        .type(Problem.MEDIA_TYPE)
                        .header(HttpHeaders.CACHE_CONTROL, "no-store")
                        .entity(
                                Problem.of(
                                        problem.code(),
                                        problem.detail(),
                                        uri.getRequestUri().getRawPath(),
                                        members));
        if (problem.code().httpStatus() == 401) {
            response.header(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"artcafe\"");
        }
        if (members.containsKey(RETRY_AFTER)) {
            response.header(HttpHeaders.RETRY_AFTER, members.get(RETRY_AFTER));
        }
        return response;
    }
}
