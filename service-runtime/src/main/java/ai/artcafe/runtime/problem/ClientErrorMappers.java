package ai.artcafe.runtime.problem;

import ai.artcafe.model.problem.ErrorCode;
import ai.artcafe.model.problem.ProblemException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamReadException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Errors that are the request's: thrown by a resource, by JAX-RS or by Jackson. */
public final class ClientErrorMappers {

    @ServerExceptionMapper
    public Response problem(ProblemException problem, UriInfo uri) {
        return ProblemResponses.of(problem, uri);
    }

    @ServerExceptionMapper
    public Response notJson(StreamReadException error, UriInfo uri) {
        return ProblemResponses.of(JsonProblems.of(error), uri);
    }

    @ServerExceptionMapper
    public Response wrongShape(MismatchedInputException error, UriInfo uri) {
        return ProblemResponses.of(JsonProblems.of(error), uri);
    }

    @ServerExceptionMapper
    public Response wrongValue(ValueInstantiationException error, UriInfo uri) {
        return ProblemResponses.of(JsonProblems.of(error), uri);
    }

    /** Errors of JAX-RS itself; their own texts are not for clients. */
    @ServerExceptionMapper
    public Response webApplication(WebApplicationException error, UriInfo uri) {
        Response original = error.getResponse();
        if (original.getStatus() < 400 || original.hasEntity()) {
            return original;
        }
        Response.ResponseBuilder answer = ProblemResponses.builder(problemOf(error), uri);
        String allowed = original.getHeaderString(HttpHeaders.ALLOW);
        if (allowed != null) {
            answer.header(HttpHeaders.ALLOW, allowed);
        }
        return answer.build();
    }

    private static ProblemException problemOf(WebApplicationException error) {
        Throwable cause = error.getCause();
        if (cause instanceof JsonProcessingException json) {
            return JsonProblems.of(json);
        }
        if (cause instanceof IllegalArgumentException invalid
                && error.getResponse().getStatus() < 500) {
            return InvalidValue.in(invalid)
                    .orElseGet(() ->
                            ErrorCode.INVALID_REQUEST.because(
                                    "A parameter of the request is not valid."));
        }
        return HttpStatusProblems.of(error.getResponse().getStatus());
    }
}
