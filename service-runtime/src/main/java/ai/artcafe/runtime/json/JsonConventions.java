package ai.artcafe.runtime.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.module.SimpleModule;
import io.quarkus.jackson.ObjectMapperCustomizer;
import jakarta.inject.Singleton;
import java.time.Instant;

/**
 * {@code snake_case} names; instants as RFC 3339 in UTC with exactly three digits of milliseconds;
 * absent values left out; unknown fields ignored, text after the end of a document refused.
 */
@Singleton
public final class JsonConventions implements ObjectMapperCustomizer {

    @Override
    public void customize(ObjectMapper mapper) {
        apply(mapper);
    }

    /** After Quarkus' own modules, whose way of writing times would win otherwise. */
    @Override
    public int priority() {
        return MINIMUM_PRIORITY;
    }

    /** How an instant is written. */
    public static String time(Instant at) {
        return MillisecondInstants.text(at);
    }

    /** The same for a mapper that Quarkus does not make. */
    public static ObjectMapper apply(ObjectMapper mapper) {
        return mapper.setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .setDefaultPropertyInclusion(JsonInclude.Include.NON_ABSENT)
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .registerModule(
                        new SimpleModule("artcafe")
                                .addSerializer(Instant.class, new MillisecondInstants()));
    }
}
