package ai.artcafe.metrics.graphql;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What a GraphQL query may ask for. */
@ConfigMapping(prefix = "artcafe.metrics.graphql")
public interface GraphQlConfig {

    /** Characters of a query's text. */
    @WithDefault("16384")
    int maxLength();

    /** Tokens of a query's text: names, braces, values. */
    @WithDefault("3000")
    int maxTokens();

    /** How deep fields may be nested, fragments included; introspection apart. */
    @WithDefault("10")
    int maxDepth();

    /**
     * What a query may cost: an endpoint from 20 (realtime) to 100 (analytics), a field one, the
     * fields of a list ten times that, fragments wherever they are used.
     */
    @WithDefault("4000")
    int maxCost();

    /**
     * When this has passed, the endpoints of a query that have not begun are not asked any more.
     */
    @WithDefault("10s")
    Duration timeout();

    /** Whether the schema may be asked for. */
    @WithDefault("true")
    boolean introspection();
}
