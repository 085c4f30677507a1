package ai.artcafe.gateway.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import ai.artcafe.gateway.Stack;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/** The description of the API: complete, and the committed one the one that is served. */
@QuarkusTest
@QuarkusTestResource(Stack.class)
class OpenApiDocumentIT {

    private static final Path COMMITTED =
            Path.of(System.getProperty("artcafe.checkout"), "docs", "openapi-gateway.yaml");
    private static final List<String> ALWAYS = List.of("400", "404", "429", "500", "503");

    private final YAMLMapper yaml = new YAMLMapper();

    /** With {@code -Dopenapi.write} it writes the document: {@code ./artcafe openapi}. */
    @Test
    void theCommittedDocumentIsTheOneThatIsServed() throws IOException {
        String served = served();
        if (System.getProperty("openapi.write") != null) {
            Files.writeString(COMMITTED, served);
        }

        assertThat(yaml.readTree(Files.readString(COMMITTED)))
                .as("docs/openapi-gateway.yaml is not what is served: run ./artcafe openapi")
                .isEqualTo(yaml.readTree(served));
    }

    @Test
    void everyOperationSaysWhatItsUsersNeedToKnow() throws IOException {
        JsonNode document = yaml.readTree(served());
        Set<String> ids = new HashSet<>();
        SoftAssertions.assertSoftly(softly ->
                document.path("paths")
                        .properties()
                        .forEach(path ->
                                path.getValue()
                                        .properties()
                                        .forEach(operation -> {
                                            String name = operation.getKey() + " " + path.getKey();
                                            JsonNode said = operation.getValue();
                                            String id = said.path("operationId").asText();
                                            softly.assertThat(id).as(name).isNotBlank();
                                            softly.assertThat(ids.add(id))
                                                    .as(name + ": id of its own")
                                                    .isTrue();
                                            says(softly, name, said);
                                        })));
        assertThat(ids).hasSizeGreaterThan(25);
    }

    private static void says(SoftAssertions softly, String name, JsonNode said) {
        softly.assertThat(said.path("summary").asText()).as(name + " summary").isNotBlank();
        softly.assertThat(said.path("tags")).as(name + " tags").isNotEmpty();
        softly.assertThat(said.has("security")).as(name + " security").isTrue();
        ALWAYS.forEach(status ->
                softly.assertThat(said.path("responses").has(status))
                        .as(name + " " + status)
                        .isTrue());
    }

    private static String served() {
        return given().get("/q/openapi?format=yaml").asString();
    }
}
