package ai.artcafe.metrics.graphql;

import ai.artcafe.runtime.json.JsonConventions;
import graphql.GraphQLContext;
import graphql.schema.Coercing;
import graphql.schema.CoercingSerializeException;
import graphql.schema.GraphQLScalarType;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The scalars of answers that GraphQL does not have by itself; no argument is of them. */
final class AnswerScalars {

    static final GraphQLScalarType LONG =
            GraphQLScalarType.newScalar()
                    .name("Long")
                    .description("A whole number of 64 bits: Int has 32. A number in JSON.")
                    .coercing(
                            new Written() {
                                @Override
                                Object write(Object value) {
                                    return ((Number) value).longValue();
                                }
                            })
                    .build();

    static final GraphQLScalarType DATE_TIME =
            GraphQLScalarType.newScalar()
                    .name("DateTime")
                    .description("RFC 3339 in UTC with milliseconds: 2026-11-21T03:00:00.000Z.")
                    .coercing(
                            new Written() {
                                @Override
                                Object write(Object value) {
                                    return JsonConventions.time((Instant) value);
                                }
                            })
                    .build();

    static final GraphQLScalarType LOCAL_DATE_TIME =
            GraphQLScalarType.newScalar()
                    .name("LocalDateTime")
                    .description("RFC 3339 in a time zone: 2026-11-21T04:00:00+01:00.")
                    .coercing(
                            new Written() {
                                @Override
                                Object write(Object value) {
                                    return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
                                            (OffsetDateTime) value);
                                }
                            })
                    .build();

    static final GraphQLScalarType DATE =
            GraphQLScalarType.newScalar()
                    .name("Date")
                    .description("A day: 2026-11-21.")
                    .coercing(
                            new Written() {
                                @Override
                                Object write(Object value) {
                                    return ((LocalDate) value).toString();
                                }
                            })
                    .build();

    private AnswerScalars() {}

    /** One of a map. */
    record Named(String name, Object value) {}

    /** A value as GraphQL's own types take it. */
    static @Nullable Object plain(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case Optional<?> optional -> plain(optional.orElse(null));
            case Map<?, ?> map ->
                    map.entrySet().stream()
                            .map(entry -> new Named(entry.getKey().toString(), entry.getValue()))
                            .toList();
            case Collection<?> several -> several;
            default -> value;
        };
    }

    private abstract static class Written implements Coercing<Object, Object> {

        abstract Object write(Object value);

        @Override
        public Object serialize(Object value, GraphQLContext context, Locale locale) {
            try {
                return write(value);
            } catch (ClassCastException e) {
                throw new CoercingSerializeException("not of this type: " + value.getClass(), e);
            }
        }
    }
}
