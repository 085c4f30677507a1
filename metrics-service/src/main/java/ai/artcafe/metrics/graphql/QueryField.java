package ai.artcafe.metrics.graphql;

import ai.artcafe.metrics.answer.Answer;
import graphql.schema.GraphQLInputType;
import java.util.List;
import java.util.function.Function;

/**
 * A field of the query: an endpoint.
 *
 * @param cost what asking it is worth; one of its answer's fields is worth one
 * @param answer asks it; throws what the endpoint throws
 */
record QueryField(
        String name,
        String description,
        Class<? extends Answer<?>> type,
        int cost,
        List<Argument> arguments,
        Function<Arguments, ? extends Answer<?>> answer) {

    QueryField {
        arguments = List.copyOf(arguments);
    }

    /** A parameter, which may always be left out. */
    record Argument(String name, GraphQLInputType type, String description) {}
}
