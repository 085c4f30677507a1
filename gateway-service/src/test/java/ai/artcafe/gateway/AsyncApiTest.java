package ai.artcafe.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import ai.artcafe.gateway.FrameContract.Door;
import ai.artcafe.model.problem.ErrorCode;
import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/** That {@code docs/asyncapi.yaml} is whole in itself. */
class AsyncApiTest {

    private static final JsonNode DOCUMENT = FrameContract.document();

    @Test
    void everyReferenceLeadsSomewhereAndEveryMessageIsUsed() {
        Set<String> used = new HashSet<>();
        for (Door door : Door.values()) {
            FrameContract.sent(door).values().forEach(m -> used.add(m.path("name").asText()));
            FrameContract.received(door).values().forEach(m -> used.add(m.path("name").asText()));
        }
        assertThat(used).isEqualTo(FrameContract.names(DOCUMENT.at("/components/messages")));
        DOCUMENT.findValues("$ref").stream()
                .map(JsonNode::asText)
                .forEach(reference ->
                        assertThat(DOCUMENT.at(reference.substring(1)).isMissingNode())
                                .as(reference)
                                .isFalse());
    }

    @Test
    void everySchemaIsOne() {
        var schemas =
                JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7)
                        .getSchema(SchemaLocation.of("http://json-schema.org/draft-07/schema#"));
        SoftAssertions.assertSoftly(softly -> {
            DOCUMENT.at("/components/messages")
                    .forEach(message ->
                            softly.assertThat(schemas.validate(message.path("payload")))
                                    .as(message.path("name").asText())
                                    .isEmpty());
            DOCUMENT.at("/components/schemas")
                    .forEach(schema -> softly.assertThat(schemas.validate(schema)).isEmpty());
        });
    }

    @Test
    void everyExampleIsOfItsMessage() {
        SoftAssertions.assertSoftly(softly ->
                DOCUMENT.at("/components/messages")
                        .forEach(message -> {
                            String name = message.path("name").asText();
                            softly.assertThat(message.path("examples")).as(name).isNotEmpty();
                            for (JsonNode example : message.path("examples")) {
                                softly.assertThat(
                                                FrameContract.faults(
                                                        message, example.path("payload")))
                                        .as("%s: %s", name, example)
                                        .isEmpty();
                            }
                        }));
    }

    @Test
    void closeCodesAreThoseOfTheErrors() {
        Map<String, Set<String>> known =
                Arrays.stream(ErrorCode.values())
                        .filter(code -> code.closeCode().isPresent())
                        .collect(
                                Collectors.groupingBy(
                                        code -> code.closeCode().orElseThrow().toString(),
                                        Collectors.mapping(ErrorCode::code, Collectors.toSet())));
        SoftAssertions.assertSoftly(softly -> {
            for (Door door : Door.values()) {
                JsonNode codes = DOCUMENT.at("/channels/" + door.channel() + "/x-close-codes");
                softly.assertThat(codes).isNotEmpty();
                codes.properties()
                        .forEach(code ->
                                code.getValue()
                                        .forEach(error ->
                                                softly.assertThat(known.get(code.getKey()))
                                                        .as(code.getKey())
                                                        .contains(error.asText())));
            }
        });
    }
}
