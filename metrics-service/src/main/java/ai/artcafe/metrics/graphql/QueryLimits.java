package ai.artcafe.metrics.graphql;

import ai.artcafe.metrics.graphql.QueryMeasure.Extent;
import ai.artcafe.metrics.telemetry.MetricNames;
import graphql.execution.AbortExecutionException;
import graphql.execution.instrumentation.InstrumentationContext;
import graphql.execution.instrumentation.InstrumentationState;
import graphql.execution.instrumentation.SimplePerformantInstrumentation;
import graphql.execution.instrumentation.parameters.InstrumentationValidationParameters;
import graphql.validation.ValidationError;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Refuses queries that are too deep or cost too much, before they are validated: with many
 * fragments that alone can take for ever.
 */
final class QueryLimits extends SimplePerformantInstrumentation {

    private final GraphQlConfig config;
    private final Map<String, Integer> rootCosts;
    private final MeterRegistry metrics;

    QueryLimits(GraphQlConfig config, Map<String, Integer> rootCosts, MeterRegistry metrics) {
        this.config = config;
        this.rootCosts = Map.copyOf(rootCosts);
        this.metrics = metrics;
    }

    @Override
    public @Nullable InstrumentationContext<List<ValidationError>> beginValidation(
            InstrumentationValidationParameters query, InstrumentationState state) {
        Extent extent = QueryMeasure.of(query.getDocument(), query.getSchema(), rootCosts);
        refusal(extent)
                .ifPresent(why -> {
                    metrics.counter(MetricNames.QUERIES_REFUSED).increment();
                    throw new AbortExecutionException(why);
                });
        return super.beginValidation(query, state);
    }

    private Optional<String> refusal(Extent extent) {
        if (extent.endless()) {
            return Optional.of("A fragment must not be in itself.");
        }
        if (extent.depth() > config.maxDepth()) {
            return Optional.of(
                    "The query is %d fields deep: at most %d are allowed."
                            .formatted(extent.depth(), config.maxDepth()));
        }
        if (extent.cost() > config.maxCost()) {
            return Optional.of(
                    "The query costs %d: at most %d is allowed. Ask for fewer endpoints or fields."
                            .formatted(extent.cost(), config.maxCost()));
        }
        return Optional.empty();
    }
}
