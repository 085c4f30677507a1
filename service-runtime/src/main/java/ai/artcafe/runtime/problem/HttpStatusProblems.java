package ai.artcafe.runtime.problem;

import ai.artcafe.model.problem.ErrorCode;
import ai.artcafe.model.problem.ProblemException;

/** What an HTTP status that JAX-RS or the server chose means as one of our errors. */
final class HttpStatusProblems {

    private HttpStatusProblems() {}

    static ProblemException of(int status) {
        return switch (status) {
            case 401 -> ErrorCode.UNAUTHENTICATED.because("A valid bearer token is needed.");
            case 403 -> ErrorCode.FORBIDDEN.because("You may not do this.");
            case 404 -> ErrorCode.NOT_FOUND.because("There is nothing at this address.");
            case 405 ->
                    ErrorCode.METHOD_NOT_ALLOWED.because(
                            "This address does not take this method; see the Allow header.");
            case 406 ->
                    ErrorCode.NOT_ACCEPTABLE.because(
                            "This address has no answer in the media type asked for.");
            case 413 -> ErrorCode.TOO_LARGE.because("The body is larger than this service takes.");
            case 414 -> ErrorCode.URI_TOO_LONG.because("The address is too long.");
            case 415 ->
                    ErrorCode.UNSUPPORTED_MEDIA_TYPE.because(
                            "This address does not take a body of this media type.");
            case 429 -> ErrorCode.RATE_LIMITED.because("Too many requests.");
            case 503 -> ErrorCode.UNAVAILABLE.because("Try again in a moment.");
            default ->
                    status < 500
                            ? ErrorCode.INVALID_REQUEST.because("The request is not valid.")
                            : ErrorCode.INTERNAL.because("Something went wrong on our side.");
        };
    }
}
