package ai.artcafe.gateway.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import ai.artcafe.gateway.Stack;
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
    void everyOperationSaysWhatItsUsersNeedToKnow() {
        List<ApiOperation> operations = ApiOperation.all();

        assertThat(operations).hasSizeGreaterThan(25);
        assertThat(operations).extracting(ApiOperation::id).doesNotHaveDuplicates();
        SoftAssertions.assertSoftly(
                softly -> operations.forEach(operation -> says(softly, operation)));
    }

    private static void says(SoftAssertions softly, ApiOperation operation) {
        JsonNode said = operation.description();
        for (String text : List.of("operationId", "summary")) {
            softly.assertThat(said.path(text).asText()).as(operation + " " + text).isNotBlank();
        }
        softly.assertThat(said.path("tags")).as(operation + " tags").isNotEmpty();
        softly.assertThat(said.has("security")).as(operation + " security").isTrue();
        ALWAYS.forEach(status ->
                softly.assertThat(operation.mayAnswer(Integer.parseInt(status)))
                        .as(operation + " " + status)
                        .isTrue());
    }

    /** Of what is sent and of what is answered, well or not. */
    @Test
    void everyBodyHasAnExampleThatIsAsItsSchemaSays() {
        SoftAssertions.assertSoftly(softly -> {
            for (ApiOperation operation : ApiOperation.all()) {
                exemplified(softly, operation, "body", operation.description().path("requestBody"));
                operation
                        .description()
                        .path("responses")
                        .properties()
                        .forEach(answer ->
                                exemplified(
                                        softly,
                                        operation,
                                        answer.getKey(),
                                        operation.resolve(answer.getValue())));
            }
        });
    }

    private static void exemplified(
            SoftAssertions softly, ApiOperation operation, String what, JsonNode described) {
        for (JsonNode content : described.path("content")) {
            softly.assertThat(content.has("example")).as(operation + " " + what).isTrue();
            softly.assertThat(
                            SchemaCheck.faults(
                                    operation.document(),
                                    content.path("schema"),
                                    content.path("example")))
                    .as(operation + " " + what)
                    .isEmpty();
        }
    }

    private static String served() {
        return given().get("/q/openapi?format=yaml").asString();
    }
}
