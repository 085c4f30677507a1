package ai.artcafe.metrics.openapi;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import ai.artcafe.metrics.testing.SharedStores;
import ai.artcafe.runtime.testing.ApiOperation;
import ai.artcafe.runtime.testing.SchemaCheck;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/** The description of the API: complete, and the committed one the one that is served. */
@QuarkusTest
@QuarkusTestResource(SharedStores.class)
class OpenApiDocumentIT {

    private static final Path COMMITTED =
            Path.of(System.getProperty("artcafe.checkout"), "docs", "openapi-metrics.yaml");
    private static final List<String> ALWAYS = List.of("406", "429", "500", "503");

    /** With {@code -Dopenapi.write} it writes the document: {@code ./artcafe openapi}. */
    @Test
    void theCommittedDocumentIsTheOneThatIsServed() throws IOException {
        String served = given().get("/q/openapi?format=yaml").asString();
        if (System.getProperty("openapi.write") != null) {
            Files.writeString(COMMITTED, served);
        }

        YAMLMapper yaml = new YAMLMapper();
        assertThat(yaml.readTree(Files.readString(COMMITTED)))
                .as("docs/openapi-metrics.yaml is not what is served: run ./artcafe openapi")
                .isEqualTo(yaml.readTree(served));
    }

    @Test
    void everyOperationSaysAllThatItsUsersNeedToKnow() {
        List<ApiOperation> operations = ApiOperation.all();

        assertThat(operations).hasSizeGreaterThanOrEqualTo(10);
        assertThat(operations).extracting(ApiOperation::id).doesNotHaveDuplicates();
        SoftAssertions.assertSoftly(
                softly -> operations.forEach(operation -> says(softly, operation)));
    }

    private static void says(SoftAssertions softly, ApiOperation operation) {
        JsonNode said = operation.description();
        for (String text : List.of("operationId", "summary", "description")) {
            softly.assertThat(said.path(text).asText()).as(operation + " " + text).isNotBlank();
        }
        softly.assertThat(said.path("tags")).as(operation + " tags").isNotEmpty();
        softly.assertThat(said.has("security")).as(operation + " security").isTrue();
        ALWAYS.forEach(status ->
                softly.assertThat(said.path("responses").has(status))
                        .as(operation + " " + status)
                        .isTrue());
        for (JsonNode parameter : operation.parameterNodes()) {
            String name = operation + " parameter " + parameter.path("name").asText();
            softly.assertThat(parameter.path("description").asText()).as(name).isNotBlank();
            softly.assertThat(parameter.has("example")).as(name + " example").isTrue();
        }
        softly.assertThat(operation.success().path("content"))
                .as(operation + " 200 content")
                .isNotEmpty()
                .allSatisfy(content ->
                        assertThat(content.has("example") || content.has("examples"))
                                .as(operation + ": openapi/examples/" + operation.id() + ".json")
                                .isTrue());
    }

    @Test
    void everyExampleIsAsItsSchemaSays() {
        SoftAssertions.assertSoftly(softly -> {
            for (ApiOperation operation : ApiOperation.all()) {
                for (JsonNode answer : operation.description().path("responses")) {
                    operation
                            .resolve(answer)
                            .path("content")
                            .properties()
                            .forEach(content -> {
                                if (content.getKey().endsWith("json")) {
                                    softly.assertThat(faults(operation, content.getValue()))
                                            .as(operation + " " + content.getKey())
                                            .isEmpty();
                                }
                            });
                }
            }
        });
    }

    private static List<String> faults(ApiOperation operation, JsonNode content) {
        return content.has("example")
                ? SchemaCheck.faults(
                        operation.document(), content.path("schema"), content.path("example"))
                : List.of();
    }
}
