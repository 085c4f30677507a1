package ai.artcafe.metrics.graphql;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLTypeUtil;
import graphql.schema.GraphQLUnmodifiedType;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Whether GraphQL tells all that REST tells, and nothing else. */
final class SameAnswer {

    private static final Pattern WORD = Pattern.compile("_([a-z0-9])");

    private SameAnswer() {}

    /** All that there is below a field of the query. */
    static String selection(GraphQLSchema schema, String field) {
        return selection(schema.getQueryType().getFieldDefinition(field));
    }

    private static String selection(GraphQLFieldDefinition field) {
        GraphQLUnmodifiedType type = GraphQLTypeUtil.unwrapAll(field.getType());
        return type instanceof GraphQLObjectType object
                ? object.getFieldDefinitions().stream()
                        .map(inner -> inner.getName() + selection(inner))
                        .collect(Collectors.joining(" ", " { ", " }"))
                : "";
    }

    /**
     * Names are snake_case there and camelCase here, constants lower and upper case; a map there is
     * a list of names and values here; what is left out there is null, or false, here.
     */
    static void assertSame(JsonNode rest, JsonNode graph, String path) {
        if (rest.isObject() && graph.isArray()) {
            assertThat(graph).as(path).hasSize(rest.size());
            graph.forEach(entry ->
                    assertSame(
                            rest.path(entry.path("name").asText()),
                            entry.path("value"),
                            path + "." + entry.path("name")));
        } else if (rest.isObject()) {
            Set<String> told = new HashSet<>();
            rest.properties()
                    .forEach(entry -> {
                        String name = camelCase(entry.getKey());
                        told.add(name);
                        assertThat(graph.has(name)).as("%s.%s", path, name).isTrue();
                        assertSame(entry.getValue(), graph.get(name), path + "." + name);
                    });
            graph.properties().stream()
                    .filter(entry -> !told.contains(entry.getKey()))
                    .forEach(entry ->
                            assertThat(entry.getValue().isNull() || !entry.getValue().asBoolean())
                                    .as("%s.%s is not told by REST", path, entry.getKey())
                                    .isTrue());
        } else if (rest.isArray()) {
            assertThat(graph).as(path).hasSize(rest.size());
            for (int i = 0; i < rest.size(); i++) {
                assertSame(rest.get(i), graph.get(i), path + "[" + i + "]");
            }
        } else if (rest.isNumber()) {
            assertThat(graph.decimalValue()).as(path).isEqualByComparingTo(rest.decimalValue());
        } else if (rest.isTextual()) {
            assertThat(graph.asText())
                    .as(path)
                    .isIn(rest.asText(), rest.asText().toUpperCase(Locale.ROOT));
        } else {
            assertThat(graph).as(path).isEqualTo(rest);
        }
    }

    private static String camelCase(String name) {
        return WORD.matcher(name).replaceAll(match -> match.group(1).toUpperCase(Locale.ROOT));
    }
}
