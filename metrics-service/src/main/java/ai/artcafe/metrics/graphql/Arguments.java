package ai.artcafe.metrics.graphql;

import java.util.Map;
import java.util.Optional;

/** What a field of the query was given, as the REST endpoints take their parameters. */
record Arguments(Map<String, Object> values) {

    /** A parameter as its text; empty where it is not given, or null. */
    Optional<String> text(String name) {
        return Optional.ofNullable(values.get(name)).map(Object::toString);
    }
}
