package ai.artcafe.metrics.graphql;

import graphql.ExecutionInput;
import graphql.ExecutionResult;
import graphql.GraphQL;
import graphql.GraphQLError;
import graphql.GraphQLException;
import graphql.GraphqlErrorBuilder;
import graphql.introspection.Introspection;
import graphql.language.Document;
import graphql.parser.InvalidSyntaxException;
import graphql.parser.Parser;
import graphql.parser.ParserEnvironment;
import graphql.parser.ParserOptions;
import graphql.schema.DataFetcher;
import graphql.schema.FieldCoordinates;
import graphql.schema.GraphQLArgument;
import graphql.schema.GraphQLCodeRegistry;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLNonNull;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLOutputType;
import graphql.schema.GraphQLSchema;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Answers queries. Thread-safe; a query is answered by the thread that asks. */
@ApplicationScoped
class GraphQlEngine {

    private static final String QUERY = "Query";

    /** What is worth one unit of the rate limits: the cheapest endpoint. */
    private static final long UNIT = 20;

    private final GraphQlConfig config;
    private final Clock clock;
    private final GraphQLSchema schema;
    private final GraphQL graphQl;
    private final Map<String, Integer> costs;
    private final ParserOptions parsing;

    @Inject
    GraphQlEngine(
            Endpoints endpoints,
            GraphQlConfig config,
            GraphQlErrors errors,
            MeterRegistry metrics,
            Clock clock) {
        this(endpoints.fields(), config, errors, metrics, clock);
    }

    GraphQlEngine(
            List<QueryField> fields,
            GraphQlConfig config,
            GraphQlErrors errors,
            MeterRegistry metrics,
            Clock clock) {
        this.config = config;
        this.clock = clock;
        this.schema = schema(fields);
        this.costs = fields.stream().collect(Collectors.toMap(QueryField::name, QueryField::cost));
        this.graphQl =
                GraphQL.newGraphQL(schema)
                        .defaultDataFetcherExceptionHandler(errors)
                        .instrumentation(new QueryLimits(config, costs, metrics))
                        .build();
        this.parsing =
                ParserOptions.getDefaultOperationParserOptions()
                        .transform(options ->
                                options.maxCharacters(config.maxLength())
                                        .maxTokens(config.maxTokens())
                                        .captureSourceLocation(true));
    }

    GraphQLSchema schema() {
        return schema;
    }

    /** What the query takes of the rate limits: as many units as its endpoints would, about. */
    int units(GraphQlRequest request) {
        try {
            Document document =
                    Parser.parse(
                            ParserEnvironment.newParserEnvironment()
                                    .document(request.query())
                                    .parserOptions(parsing)
                                    .build());
            long asked = QueryMeasure.of(document, schema, costs).asked();
            return Math.toIntExact(Math.ceilDiv(Math.min(asked, config.maxCost()), UNIT));
        } catch (InvalidSyntaxException noQuery) {
            return 1;
        }
    }

    /**
     * The response's members, as the GraphQL specification has them: {@code errors} only for a
     * query that cannot be answered, {@code data} and perhaps errors for one that was.
     */
    Map<String, Object> answer(GraphQlRequest request) {
        ExecutionInput input =
                ExecutionInput.newExecutionInput(request.query())
                        .operationName(request.operationName().orElse(null))
                        .variables(request.variables())
                        .graphQLContext(
                                Map.of(
                                        QueryRun.class,
                                        new QueryRun(clock, clock.instant().plus(config.timeout())),
                                        ParserOptions.class,
                                        parsing,
                                        Introspection.INTROSPECTION_DISABLED,
                                        !config.introspection()))
                        .build();
        try {
            ExecutionResult result = graphQl.execute(input);
            return members(result);
        } catch (GraphQLException refused) {
            GraphQLError error =
                    refused instanceof GraphQLError known
                            ? known
                            : GraphqlErrorBuilder.newError()
                                    .message("%s", refused.getMessage())
                                    .build();
            return Map.of("errors", GraphQlErrors.told(List.of(error)));
        }
    }

    private static Map<String, Object> members(ExecutionResult result) {
        Map<String, Object> members = new LinkedHashMap<>();
        if (!result.getErrors().isEmpty()) {
            members.put("errors", GraphQlErrors.told(result.getErrors()));
        }
        if (result.isDataPresent()) {
            members.put("data", result.getData());
        }
        return members;
    }

    private static GraphQLSchema schema(List<QueryField> fields) {
        GraphQLCodeRegistry.Builder code = GraphQLCodeRegistry.newCodeRegistry();
        AnswerTypes types = new AnswerTypes(code);
        GraphQLObjectType.Builder query = GraphQLObjectType.newObject().name(QUERY);
        for (QueryField field : fields) {
            query.field(definition(field, types));
            code.dataFetcher(
                    FieldCoordinates.coordinates(QUERY, field.name()),
                    (DataFetcher<?>)
                            environment -> {
                                QueryRun run = environment.getGraphQlContext().get(QueryRun.class);
                                return run.ask(field, new Arguments(environment.getArguments()));
                            });
        }
        return GraphQLSchema.newSchema().query(query).codeRegistry(code.build()).build();
    }

    /** Null where it failed: what else was asked is still answered. */
    private static GraphQLFieldDefinition definition(QueryField field, AnswerTypes types) {
        GraphQLNonNull type = (GraphQLNonNull) types.of(field.type());
        GraphQLFieldDefinition.Builder definition =
                GraphQLFieldDefinition.newFieldDefinition()
                        .name(field.name())
                        .description(field.description())
                        .type((GraphQLOutputType) type.getWrappedType());
        field.arguments()
                .forEach(argument ->
                        definition.argument(
                                GraphQLArgument.newArgument()
                                        .name(argument.name())
                                        .description(argument.description())
                                        .type(argument.type())));
        return definition.build();
    }
}
