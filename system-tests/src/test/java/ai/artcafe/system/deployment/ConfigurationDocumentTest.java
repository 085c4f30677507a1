package ai.artcafe.system.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/configuration.md} says what can be configured: all of it, and nothing else. */
class ConfigurationDocumentTest {

    private static final List<String> MODULES =
            Stream.concat(
                            Checkout.SERVICES.stream(),
                            Stream.of("nats-connector", "service-runtime"))
                    .toList();

    private static final Pattern PREFIX =
            Pattern.compile("@ConfigMapping\\(prefix = \"([a-z.-]+)\"\\)");
    private static final Pattern PROPERTY =
            Pattern.compile(
                    "(?:@WithDefault\\(\"([^\"]*)\"\\)\\s+)?[A-Za-z.]+(?:<[^;]*>)? ([a-zA-Z]+)\\(\\);");
    private static final Pattern DOCUMENTED =
            Pattern.compile("^\\| `(artcafe\\.[^`]+)`", Pattern.MULTILINE);

    /**
     * @param line how its line in the document begins
     */
    private record Property(String name, String line) {}

    @Test
    void every_property_is_documented_with_its_default() throws IOException {
        String document = Checkout.text("docs/configuration.md");

        assertThat(properties())
                .isNotEmpty()
                .allSatisfy(property -> assertThat(document).contains(property.line()));
    }

    @Test
    void nothing_is_documented_that_does_not_exist() throws IOException {
        Set<String> names = properties().stream().map(Property::name).collect(Collectors.toSet());

        assertThat(
                        DOCUMENTED
                                .matcher(Checkout.text("docs/configuration.md"))
                                .results()
                                .map(match -> match.group(1)))
                .isNotEmpty()
                .isSubsetOf(names);
    }

    private static List<Property> properties() throws IOException {
        List<Path> sources = new ArrayList<>();
        for (String module : MODULES) {
            try (Stream<Path> files = Files.walk(Checkout.file(module + "/src/main/java"))) {
                files.filter(file -> file.toString().endsWith(".java")).forEach(sources::add);
            }
        }
        return sources.stream()
                .map(Checkout::text)
                .flatMap(ConfigurationDocumentTest::properties)
                .toList();
    }

    private static Stream<Property> properties(String source) {
        Matcher prefix = PREFIX.matcher(source);
        if (!prefix.find()) {
            return Stream.empty();
        }
        return PROPERTY.matcher(source.substring(prefix.end()))
                .results()
                .map(match -> property(prefix.group(1), match));
    }

    private static Property property(String prefix, MatchResult method) {
        String name = prefix + "." + kebabCase(method.group(2));
        String fallback = method.group(1) == null ? "" : "`" + method.group(1) + "`";
        return new Property(name, "| `%s` | %s |".formatted(name, fallback));
    }

    private static String kebabCase(String camelCase) {
        return camelCase.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }
}
