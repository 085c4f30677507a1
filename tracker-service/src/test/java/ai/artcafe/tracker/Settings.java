package ai.artcafe.tracker;

import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;

/** Configuration as the service would have it, from its defaults and a few values. */
public final class Settings {

    private Settings() {}

    /**
     * @param mapping a configuration mapping
     * @param values by their full names
     */
    public static <T> T of(Class<T> mapping, Map<String, String> values) {
        SmallRyeConfig config =
                new SmallRyeConfigBuilder()
                        .addDiscoveredConverters()
                        .withConverters(
                                new org.eclipse.microprofile.config.spi.Converter<?>[] {
                                    new io.quarkus.runtime.configuration.DurationConverter()
                                })
                        .withMapping(mapping)
                        .withDefaultValues(values)
                        .build();
        return config.getConfigMapping(mapping);
    }

    public static <T> T of(Class<T> mapping) {
        return of(mapping, Map.of());
    }
}
