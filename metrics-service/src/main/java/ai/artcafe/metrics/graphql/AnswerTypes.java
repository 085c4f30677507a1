package ai.artcafe.metrics.graphql;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.annotation.JsonValue;
import graphql.Scalars;
import graphql.schema.DataFetcher;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.FieldCoordinates;
import graphql.schema.GraphQLCodeRegistry;
import graphql.schema.GraphQLEnumType;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLList;
import graphql.schema.GraphQLNonNull;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLOutputType;
import graphql.schema.GraphQLScalarType;
import graphql.schema.GraphQLTypeReference;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

/**
 * GraphQL types for the records that REST answers with: the same fields, in camelCase. What is
 * {@code Optional} there may be {@code null} here, and nothing else; a map is a list of names with
 * values.
 */
final class AnswerTypes {

    private static final Map<Class<?>, GraphQLOutputType> SCALARS =
            Map.ofEntries(
                    Map.entry(String.class, Scalars.GraphQLString),
                    Map.entry(boolean.class, Scalars.GraphQLBoolean),
                    Map.entry(Boolean.class, Scalars.GraphQLBoolean),
                    Map.entry(int.class, Scalars.GraphQLInt),
                    Map.entry(Integer.class, Scalars.GraphQLInt),
                    Map.entry(long.class, AnswerScalars.LONG),
                    Map.entry(Long.class, AnswerScalars.LONG),
                    Map.entry(double.class, Scalars.GraphQLFloat),
                    Map.entry(Double.class, Scalars.GraphQLFloat),
                    Map.entry(Instant.class, AnswerScalars.DATE_TIME),
                    Map.entry(OffsetDateTime.class, AnswerScalars.LOCAL_DATE_TIME),
                    Map.entry(LocalDate.class, AnswerScalars.DATE));

    private static final Map<Class<?>, GraphQLOutputType> OPTIONAL_NUMBERS =
            Map.of(
                    OptionalInt.class, Scalars.GraphQLInt,
                    OptionalLong.class, AnswerScalars.LONG,
                    OptionalDouble.class, Scalars.GraphQLFloat);

    private static final String NAME = "name";
    private static final String VALUE = "value";

    private final GraphQLCodeRegistry.Builder code;
    private final Map<Class<?>, String> names = new HashMap<>();
    private final Map<Class<?>, GraphQLOutputType> enums = new HashMap<>();
    private final Set<String> taken = new HashSet<>();
    private final Map<String, GraphQLOutputType> entries = new HashMap<>();

    /**
     * @param code learns how to read each field
     */
    AnswerTypes(GraphQLCodeRegistry.Builder code) {
        this.code = code;
    }

    /** The type of a field that holds this; one that GraphQL cannot show is a fault of ours. */
    GraphQLOutputType of(Type type) {
        if (type instanceof ParameterizedType generic) {
            Class<?> raw = (Class<?>) generic.getRawType();
            Type[] arguments = generic.getActualTypeArguments();
            if (raw == Optional.class) {
                return nullable(of(arguments[0]));
            }
            if (Collection.class.isAssignableFrom(raw)) {
                return GraphQLNonNull.nonNull(GraphQLList.list(of(arguments[0])));
            }
            if (Map.class.isAssignableFrom(raw)) {
                return GraphQLNonNull.nonNull(GraphQLList.list(entry(of(arguments[1]))));
            }
        }
        if (type instanceof Class<?> plain) {
            GraphQLOutputType number = OPTIONAL_NUMBERS.get(plain);
            return number == null ? GraphQLNonNull.nonNull(named(plain)) : number;
        }
        throw new IllegalArgumentException("no GraphQL type for " + type);
    }

    private GraphQLOutputType named(Class<?> type) {
        GraphQLOutputType scalar = SCALARS.get(type);
        if (scalar != null) {
            return scalar;
        }
        if (type.isEnum()) {
            return constants(type);
        }
        if (isText(type)) {
            return Scalars.GraphQLID;
        }
        if (type.isRecord()) {
            return object(type);
        }
        throw new IllegalArgumentException("no GraphQL type for " + type);
    }

    private static GraphQLOutputType nullable(GraphQLOutputType type) {
        return type instanceof GraphQLNonNull required
                ? (GraphQLOutputType) required.getWrappedType()
                : type;
    }

    /** Whether JSON shows it as a text: ids do. */
    private static boolean isText(Class<?> type) {
        return Stream.concat(Stream.of(type), Arrays.stream(type.getInterfaces()))
                .flatMap(each -> Arrays.stream(each.getDeclaredMethods()))
                .filter(method -> method.isAnnotationPresent(JsonValue.class))
                .anyMatch(method -> method.getReturnType() == String.class);
    }

    private GraphQLOutputType constants(Class<?> type) {
        GraphQLOutputType known = enums.get(type);
        if (known == null) {
            GraphQLEnumType.Builder constants =
                    GraphQLEnumType.newEnum().name(AnswerNames.of(type, taken));
            for (Object constant : type.getEnumConstants()) {
                constants.value(((Enum<?>) constant).name(), constant);
            }
            known = constants.build();
            enums.put(type, known);
        }
        return known;
    }

    private GraphQLOutputType object(Class<?> type) {
        String known = names.get(type);
        if (known != null) {
            return GraphQLTypeReference.typeRef(known);
        }
        String name = AnswerNames.of(type, taken);
        names.put(type, name);
        GraphQLObjectType.Builder object = GraphQLObjectType.newObject().name(name);
        addFields(object, name, type, source -> source);
        return object.build();
    }

    /**
     * @param holder from what the object is of to the record with the fields
     */
    private void addFields(
            GraphQLObjectType.Builder object, String name, Class<?> type, Reading holder) {
        for (RecordComponent component : type.getRecordComponents()) {
            Reading reading = holder.then(Reading.of(component));
            if (component.getAccessor().isAnnotationPresent(JsonUnwrapped.class)) {
                addFields(object, name, component.getType(), reading);
            } else {
                object.field(
                        GraphQLFieldDefinition.newFieldDefinition()
                                .name(component.getName())
                                .type(of(component.getGenericType())));
                code.dataFetcher(
                        FieldCoordinates.coordinates(name, component.getName()),
                        (DataFetcher<?>)
                                environment ->
                                        AnswerScalars.plain(
                                                reading.from(
                                                        Objects.requireNonNull(
                                                                environment.<Object>getSource()))));
            }
        }
    }

    private GraphQLOutputType entry(GraphQLOutputType value) {
        GraphQLOutputType bare = nullable(value);
        if (!(bare instanceof GraphQLScalarType scalar)) {
            throw new IllegalArgumentException("no GraphQL type for a map to " + bare);
        }
        return GraphQLNonNull.nonNull(
                entries.computeIfAbsent("Named" + scalar.getName(), name -> entry(name, value)));
    }

    private GraphQLOutputType entry(String type, GraphQLOutputType value) {
        code.dataFetcher(
                FieldCoordinates.coordinates(type, NAME),
                (DataFetcher<?>) environment -> named(environment).name());
        code.dataFetcher(
                FieldCoordinates.coordinates(type, VALUE),
                (DataFetcher<?>) environment -> named(environment).value());
        return GraphQLObjectType.newObject()
                .name(type)
                .field(field ->
                        field.name(NAME).type(GraphQLNonNull.nonNull(Scalars.GraphQLString)))
                .field(field -> field.name(VALUE).type(value))
                .build();
    }

    private static AnswerScalars.Named named(DataFetchingEnvironment environment) {
        return Objects.requireNonNull(environment.<AnswerScalars.Named>getSource());
    }

    /** How a part of an answer is got at. */
    @FunctionalInterface
    private interface Reading {

        Object from(Object source);

        static Reading of(RecordComponent component) {
            Method accessor = component.getAccessor();
            accessor.setAccessible(true);
            return source -> {
                try {
                    return accessor.invoke(source);
                } catch (ReflectiveOperationException e) {
                    throw new IllegalStateException("cannot read " + component, e);
                }
            };
        }

        default Reading then(Reading next) {
            return source -> next.from(from(source));
        }
    }
}
