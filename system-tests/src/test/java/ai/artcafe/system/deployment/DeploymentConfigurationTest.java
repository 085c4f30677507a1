package ai.artcafe.system.deployment;

import static ai.artcafe.system.deployment.Checkout.mapping;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** What is deployed matches what the services read and serve. */
class DeploymentConfigurationTest {

    static final List<String> SERVICES = Checkout.SERVICES;

    private static final Pattern VARIABLE = Pattern.compile("\\bARTCAFE_[A-Z_]+\\b");

    @ParameterizedTest
    @FieldSource("SERVICES")
    void every_way_to_run_a_service_agrees_on_its_port(String service) {
        String port = defaultPort(service);

        assertThat(Checkout.text(service + "/Dockerfile"))
                .contains("EXPOSE " + port)
                .contains("ARTCAFE_HTTP_PORT=" + port)
                .contains("/dev/tcp/127.0.0.1/" + port);
        assertThat(composeService(service).get("ports").toString()).contains(port + ":" + port);
        assertThat(Checkout.text("k8s/base/" + shortName(service) + ".yaml"))
                .contains("containerPort: " + port)
                .contains("port: " + port);
    }

    @Test
    void every_variable_that_a_deployment_sets_is_documented() {
        Set<String> documented =
                variables(Checkout.text("docs/configuration.md")).collect(Collectors.toSet());

        Set<String> set =
                Stream.concat(
                                Stream.of(Checkout.file("docker-compose.yml")),
                                Checkout.yamlFiles("k8s").stream())
                        .flatMap(file -> variables(Checkout.text(file)))
                        .collect(Collectors.toSet());

        assertThat(set).isNotEmpty();
        assertThat(documented).containsAll(set);
    }

    @ParameterizedTest
    @FieldSource("SERVICES")
    void no_service_is_given_a_key_that_it_does_not_use(String service) {
        String manifest = Checkout.text("k8s/base/" + shortName(service) + ".yaml");
        String volumes = composeService(service).get("volumes").toString();

        assertThat(manifest).doesNotContain("jwt-private");
        assertThat(volumes).doesNotContain("jwt-private");
        if (!service.equals("gateway-service")) {
            assertThat(manifest).doesNotContain("issuer.nk");
            assertThat(volumes).doesNotContain("issuer.nk");
        }
    }

    private static Stream<String> variables(String text) {
        return VARIABLE.matcher(text).results().map(MatchResult::group);
    }

    private static String defaultPort(String service) {
        return Pattern.compile("quarkus\\.http\\.port=\\$\\{ARTCAFE_HTTP_PORT:(\\d+)}")
                .matcher(Checkout.text(service + "/src/main/resources/application.properties"))
                .results()
                .map(match -> match.group(1))
                .findFirst()
                .orElseThrow();
    }

    private static Map<String, Object> composeService(String service) {
        Map<String, Object> compose = Checkout.yaml(Checkout.file("docker-compose.yml")).getFirst();
        return mapping(mapping(compose.get("services")).get(shortName(service)));
    }

    private static String shortName(String service) {
        return service.replace("-service", "");
    }
}
