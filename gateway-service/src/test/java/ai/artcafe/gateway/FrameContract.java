package ai.artcafe.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** What {@code docs/asyncapi.yaml} says of frames, and whether frames are so. */
public final class FrameContract {

    /** One of the two sockets, as the document names its channel. */
    public enum Door {
        AGENT("agent"),
        DASHBOARD("dashboard");

        private final String channel;

        Door(String channel) {
            this.channel = channel;
        }

        public String channel() {
            return channel;
        }
    }

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonNode DOCUMENT = document();
    private static final JsonSchemaFactory SCHEMAS =
            JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7);
    private static final Map<String, JsonSchema> COMPILED = new ConcurrentHashMap<>();

    private FrameContract() {}

    /** The document as a tree. */
    public static JsonNode document() {
        Path file =
                Stream.of("docs/asyncapi.yaml", "../docs/asyncapi.yaml")
                        .map(Path::of)
                        .filter(Files::exists)
                        .findFirst()
                        .orElseThrow();
        try {
            return new ObjectMapper(new YAMLFactory()).readTree(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Fails unless the frame is one that the gateway may send through this door. */
    public static void checkSent(Door door, String frame) {
        JsonNode tree = tree(frame);
        String type = tree.path("type").asText();
        Optional<JsonNode> message = Optional.ofNullable(sent(door).get(type));
        assertThat(message)
                .as("docs/asyncapi.yaml describes the frame %s of %s", type, door)
                .isPresent();
        assertThat(faults(message.orElseThrow(), tree)).as(frame).isEmpty();
    }

    /** The messages that the gateway sends through the door, by type. */
    public static Map<String, JsonNode> sent(Door door) {
        return messages(door, "send");
    }

    /** The messages that come in through the door, by type. */
    public static Map<String, JsonNode> received(Door door) {
        return messages(door, "receive");
    }

    private static Map<String, JsonNode> messages(Door door, String action) {
        String channel = "#/channels/" + door.channel();
        Map<String, JsonNode> messages = new LinkedHashMap<>();
        for (JsonNode operation : DOCUMENT.path("operations")) {
            if (operation.path("action").asText().equals(action)
                    && operation.at("/channel/$ref").asText().equals(channel)) {
                for (JsonNode reference : operation.path("messages")) {
                    JsonNode message = resolve(reference);
                    messages.put(message.at("/payload/properties/type/const").asText(), message);
                }
            }
        }
        return messages;
    }

    /** What a reference within the document stands for, whatever it leads over. */
    public static JsonNode resolve(JsonNode node) {
        JsonNode found = node;
        while (found.has("$ref")) {
            String reference = found.path("$ref").asText();
            found = DOCUMENT.at(reference.substring(1));
            assertThat(found.isMissingNode()).as(reference).isFalse();
        }
        return found;
    }

    /** What is wrong with a frame by the message's schema. */
    public static Set<ValidationMessage> faults(JsonNode message, JsonNode frame) {
        return COMPILED.computeIfAbsent(
                        message.path("name").asText(),
                        _ -> SCHEMAS.getSchema(selfContained(message.path("payload"))))
                .validate(frame);
    }

    /** With the document's shared schemas, where JSON Schema has its own. */
    private static JsonNode selfContained(JsonNode payload) {
        ObjectNode schema = payload.deepCopy();
        schema.set("definitions", DOCUMENT.at("/components/schemas"));
        return tree(schema.toString().replace("#/components/schemas/", "#/definitions/"));
    }

    static JsonNode tree(String frame) {
        try {
            return JSON.readTree(frame);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(frame, e);
        }
    }

    /** The names of an object's members. */
    public static Set<String> names(JsonNode object) {
        Set<String> names = new LinkedHashSet<>();
        for (Iterator<String> each = object.fieldNames(); each.hasNext(); ) {
            names.add(each.next());
        }
        return names;
    }
}
