package ai.artcafe.metrics.graphql;

import ai.artcafe.model.problem.ErrorCode;
import ai.artcafe.model.problem.ProblemException;
import ai.artcafe.runtime.problem.ThrownProblems;
import graphql.ErrorType;
import graphql.GraphQLError;
import graphql.GraphqlErrorBuilder;
import graphql.execution.DataFetcherExceptionHandler;
import graphql.execution.DataFetcherExceptionHandlerParameters;
import graphql.execution.DataFetcherExceptionHandlerResult;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Errors as clients see them: {@code extensions} have the {@code code} of REST's problems, and what
 * else such a problem tells, by the same names.
 */
@ApplicationScoped
class GraphQlErrors implements DataFetcherExceptionHandler {

    /** How many are told of one query. */
    private static final int TOLD = 20;

    private static final int MESSAGE_LENGTH = 300;
    private static final String CODE = "code";
    private static final String EXTENSIONS = "extensions";

    private final ThrownProblems problems;

    GraphQlErrors(ThrownProblems problems) {
        this.problems = problems;
    }

    /** What an endpoint threw. */
    @Override
    public CompletableFuture<DataFetcherExceptionHandlerResult> handleException(
            DataFetcherExceptionHandlerParameters thrown) {
        ProblemException problem =
                problems.of(thrown.getException(), "graphql " + thrown.getField().getName());
        GraphQLError error =
                GraphqlErrorBuilder.newError(thrown.getDataFetchingEnvironment())
                        .message("%s", problem.detail())
                        .errorType(ErrorType.DataFetchingException)
                        .extensions(extensions(problem))
                        .build();
        return CompletableFuture.completedFuture(
                DataFetcherExceptionHandlerResult.newResult(error).build());
    }

    private static Map<String, Object> extensions(ProblemException problem) {
        Map<String, Object> extensions = new LinkedHashMap<>();
        extensions.put(CODE, problem.code().code());
        extensions.putAll(problem.members());
        return extensions;
    }

    /** The same errors as GraphQL has them in JSON, each with a code. */
    static List<Map<String, Object>> told(List<? extends GraphQLError> errors) {
        return errors.stream().limit(TOLD).map(GraphQlErrors::told).toList();
    }

    private static Map<String, Object> told(GraphQLError error) {
        Map<String, Object> told = new LinkedHashMap<>(error.toSpecification());
        Map<String, Object> extensions = error.getExtensions();
        if (extensions != null && extensions.containsKey(CODE)) {
            told.put(EXTENSIONS, extensions);
            return told;
        }
        ErrorCode code = isOurs(error) ? ErrorCode.INTERNAL : ErrorCode.INVALID_REQUEST;
        told.put("message", isOurs(error) ? code.title() : shortened(error.getMessage()));
        told.put(EXTENSIONS, Map.of(CODE, code.code()));
        return told;
    }

    private static boolean isOurs(GraphQLError error) {
        return error.getErrorType() == ErrorType.DataFetchingException
                || error.getErrorType() == ErrorType.NullValueInNonNullableField;
    }

    private static String shortened(String message) {
        return message.length() <= MESSAGE_LENGTH
                ? message
                : message.substring(0, MESSAGE_LENGTH) + "…";
    }
}
