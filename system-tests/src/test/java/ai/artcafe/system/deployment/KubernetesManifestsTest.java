package ai.artcafe.system.deployment;

import static ai.artcafe.system.deployment.Checkout.mapping;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The manifests against the schemas that the Kubernetes API publishes. */
class KubernetesManifestsTest {

    record Manifest(Path file, String kind, Map<String, Object> content) {
        @Override
        public String toString() {
            return Checkout.file("k8s").relativize(file) + " " + kind;
        }
    }

    static Stream<Manifest> manifests() {
        return Checkout.yamlFiles("k8s").stream()
                .filter(file -> !file.endsWith("kustomization.yaml"))
                .flatMap(file ->
                        Checkout.yaml(file).stream()
                                .map(content ->
                                        new Manifest(file, (String) content.get("kind"), content)));
    }

    static Stream<Path> kustomizations() {
        return Checkout.yamlFiles("k8s").stream()
                .filter(file -> file.endsWith("kustomization.yaml"));
    }

    @ParameterizedTest
    @MethodSource("manifests")
    void fits_its_schema(Manifest manifest) {
        assertThatCode(() -> validate(manifest.kind(), manifest.content()))
                .doesNotThrowAnyException();
    }

    @Test
    void the_schemas_know_a_wrong_field_and_a_missing_one() {
        Map<String, Object> misspelt =
                Map.of("apiVersion", "apps/v1", "kind", "Deployment", "spek", Map.of());
        Map<String, Object> withoutTemplate =
                Map.of(
                        "apiVersion",
                        "apps/v1",
                        "kind",
                        "Deployment",
                        "spec",
                        Map.of("selector", Map.of()));

        assertThatThrownBy(() -> validate("Deployment", misspelt)).hasMessageContaining("spek");
        assertThatThrownBy(() -> validate("Deployment", withoutTemplate))
                .hasMessageContaining("template");
    }

    @ParameterizedTest
    @MethodSource("kustomizations")
    void a_kustomization_names_files_that_exist(Path file) {
        Map<String, Object> kustomization = Checkout.yaml(file).getFirst();

        assertThat(list(kustomization, "resources"))
                .isNotEmpty()
                .allMatch(name -> Files.exists(file.resolveSibling((String) name)));
        assertThat(list(kustomization, "patches"))
                .allMatch(patch ->
                        Files.exists(file.resolveSibling((String) mapping(patch).get("path"))));
    }

    private static List<?> list(Map<String, Object> node, String name) {
        return (List<?>) node.getOrDefault(name, List.of());
    }

    /**
     * The generated models hold the schema: unknown fields, missing ones and wrong types are
     * refused.
     */
    private static void validate(String kind, Map<String, Object> content) throws Throwable {
        JsonElement json = new Gson().toJsonTree(content);
        Class<?> model = Class.forName("io.kubernetes.client.openapi.models.V1" + kind);
        try {
            model.getMethod("validateJsonElement", JsonElement.class).invoke(null, json);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
