package ai.artcafe.nats;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.microprofile.config.Config;

/** The platform's own NATS keys, by the name of the user: gateway, tracker, monitor, … */
@ApplicationScoped
public class NatsSeeds {

    private final NatsConfig config;
    private final Function<String, Optional<String>> environment;

    @Inject
    public NatsSeeds(NatsConfig config, Config source) {
        this(config, (String name) -> source.getOptionalValue(name, String.class));
    }

    NatsSeeds(NatsConfig config, Function<String, Optional<String>> environment) {
        this.config = config;
        this.environment = environment;
    }

    /**
     * The seed of that name: {@code artcafe.nats.seeds.<name>}, else the environment variable
     * {@code ARTCAFE_NATS_SEED_<NAME>}, else the file {@code <keys-directory>/<name>.nk}.
     *
     * @throws IllegalStateException when there is none or it is not a seed; the message says where
     *     it was looked for
     */
    public Seed seed(String name) {
        return Optional.ofNullable(config.seeds().get(name))
                .map(text -> parse("artcafe.nats.seeds." + name, text))
                .or(() -> fromEnvironment(name))
                .orElseGet(() -> fromFile(name));
    }

    private Optional<Seed> fromEnvironment(String name) {
        String variable = "ARTCAFE_NATS_SEED_" + name.toUpperCase(Locale.ROOT).replace('-', '_');
        return environment
                .apply(variable)
                .filter(text -> !text.isBlank())
                .map(text -> parse(variable, text));
    }

    private Seed fromFile(String name) {
        Path directory =
                config.keysDirectory()
                        .orElseThrow(() ->
                                new IllegalStateException(
                                        ("no NATS seed '%s': set artcafe.nats.keys-directory"
                                                        + " to a folder that holds %s.nk, or"
                                                        + " artcafe.nats.seeds.%s")
                                                .formatted(name, name, name)));
        Path file = directory.resolve(name + ".nk");
        try {
            return parse(file.toString(), Files.readString(file));
        } catch (IOException e) {
            throw new IllegalStateException(
                    "no NATS seed '%s': cannot read %s (%s)"
                            .formatted(name, file, e.getClass().getSimpleName()));
        }
    }

    private static Seed parse(String source, String text) {
        try {
            return Seed.parse(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException("%s is %s".formatted(source, e.getMessage()));
        }
    }
}
