package ai.artcafe.metrics.graphql;

import graphql.introspection.Introspection;
import graphql.language.Document;
import graphql.language.Field;
import graphql.language.FragmentDefinition;
import graphql.language.FragmentSpread;
import graphql.language.InlineFragment;
import graphql.language.OperationDefinition;
import graphql.language.Selection;
import graphql.language.SelectionSet;
import graphql.language.TypeName;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLFieldsContainer;
import graphql.schema.GraphQLList;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLTypeUtil;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How much a query asks for, told before anything else is done with it. Each fragment is looked at
 * once however often it is used, so that measuring takes no longer than reading the text.
 */
final class QueryMeasure {

    /** How many of a list's elements are reckoned with. */
    static final int LIST = 10;

    /** So much that it is more than any limit; a product of two of them is still a long. */
    private static final long VAST = 1L << 30;

    private final GraphQLSchema schema;
    private final Map<String, Integer> rootCosts;
    private final Map<String, FragmentDefinition> fragments = new HashMap<>();
    private final Map<String, Extent> measured = new HashMap<>();
    private final Set<String> open = new HashSet<>();

    private QueryMeasure(GraphQLSchema schema, Map<String, Integer> rootCosts, Document document) {
        this.schema = schema;
        this.rootCosts = rootCosts;
        document.getDefinitionsOfType(FragmentDefinition.class)
                .forEach(fragment -> fragments.put(fragment.getName(), fragment));
    }

    /**
     * @param depth of the fields, those that ask for the schema apart
     * @param cost {@value #VAST} at most
     * @param asked what of it is for asking endpoints
     * @param endless whether a fragment is in itself
     */
    record Extent(int depth, long cost, long asked, boolean endless) {

        static final Extent NONE = new Extent(0, 0, 0, false);
        static final Extent ENDLESS = new Extent(0, VAST, VAST, true);

        Extent plus(Extent other) {
            return new Extent(
                    Math.max(depth, other.depth),
                    Math.min(VAST, cost + other.cost),
                    Math.min(VAST, asked + other.asked),
                    endless || other.endless);
        }

        private Extent under(int own, int times) {
            return new Extent(depth + 1, Math.min(VAST, own + cost * times), asked, endless);
        }

        private Extent asking(int more) {
            return new Extent(depth, cost, Math.min(VAST, asked + more), endless);
        }

        /** The same below a field that asks for the schema, whose depth is GraphQL's own matter. */
        private Extent ofSchema() {
            return new Extent(0, cost, asked, endless);
        }
    }

    /** Of all the operations of a document together, valid or not. */
    static Extent of(Document document, GraphQLSchema schema, Map<String, Integer> rootCosts) {
        QueryMeasure measure = new QueryMeasure(schema, rootCosts, document);
        return Stream.concat(
                        document.getDefinitionsOfType(OperationDefinition.class).stream()
                                .map(operation ->
                                        measure.of(
                                                operation.getSelectionSet(),
                                                Optional.of(schema.getQueryType()))),
                        measure.fragments.keySet().stream().map(measure::ofFragment))
                .reduce(Extent.NONE, QueryMeasure::larger);
    }

    /** A fragment that nobody uses costs nothing beyond the largest that is used. */
    private static Extent larger(Extent one, Extent other) {
        return new Extent(
                Math.max(one.depth, other.depth),
                Math.max(one.cost, other.cost),
                Math.max(one.asked, other.asked),
                one.endless || other.endless);
    }

    private Extent of(@Nullable SelectionSet selections, Optional<GraphQLFieldsContainer> parent) {
        if (selections == null) {
            return Extent.NONE;
        }
        Extent sum = Extent.NONE;
        for (Selection<?> selection : selections.getSelections()) {
            sum = sum.plus(of(selection, parent));
        }
        return sum;
    }

    private Extent of(Selection<?> selection, Optional<GraphQLFieldsContainer> parent) {
        return switch (selection) {
            case Field field -> of(field, parent);
            case InlineFragment inline ->
                    of(
                            inline.getSelectionSet(),
                            Optional.ofNullable(inline.getTypeCondition())
                                    .map(this::container)
                                    .orElse(parent));
            case FragmentSpread spread -> ofFragment(spread.getName());
            default -> Extent.NONE;
        };
    }

    private Extent ofFragment(String name) {
        FragmentDefinition fragment = fragments.get(name);
        if (fragment == null) {
            return Extent.NONE;
        }
        Extent known = measured.get(name);
        if (known != null) {
            return known;
        }
        if (!open.add(name)) {
            return Extent.ENDLESS;
        }
        Extent extent = of(fragment.getSelectionSet(), container(fragment.getTypeCondition()));
        open.remove(name);
        measured.put(name, extent);
        return extent;
    }

    private Extent of(Field field, Optional<GraphQLFieldsContainer> parent) {
        if (isOfSchema(field, parent)) {
            return of(field.getSelectionSet(), Optional.empty()).under(1, 1).ofSchema();
        }
        Optional<GraphQLFieldDefinition> definition =
                parent.map(type -> type.getFieldDefinition(field.getName()));
        boolean isRoot = parent.filter(schema.getQueryType()::equals).isPresent();
        int own = isRoot ? rootCosts.getOrDefault(field.getName(), 1) : 1;
        int times = definition.filter(QueryMeasure::isList).isPresent() ? LIST : 1;
        return of(
                        field.getSelectionSet(),
                        definition
                                .map(known -> GraphQLTypeUtil.unwrapAll(known.getType()))
                                .filter(GraphQLFieldsContainer.class::isInstance)
                                .map(GraphQLFieldsContainer.class::cast))
                .under(own, times)
                .asking(isRoot ? own : 0);
    }

    private static boolean isOfSchema(Field field, Optional<GraphQLFieldsContainer> parent) {
        return Introspection.isIntrospectionTypes(field.getName())
                || parent.filter(type -> Introspection.isIntrospectionTypes(type.getName()))
                        .isPresent();
    }

    private static boolean isList(GraphQLFieldDefinition field) {
        return GraphQLTypeUtil.unwrapNonNull(field.getType()) instanceof GraphQLList;
    }

    private Optional<GraphQLFieldsContainer> container(TypeName name) {
        return Optional.ofNullable(schema.getType(name.getName()))
                .filter(GraphQLFieldsContainer.class::isInstance)
                .map(GraphQLFieldsContainer.class::cast);
    }
}
