package ai.artcafe.runtime.openapi;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.models.media.MediaType;
import org.eclipse.microprofile.openapi.models.media.Schema;

/**
 * Examples of bodies: {@code openapi/examples/<operation id>.<ending>}, or what operations with the
 * same one have in common under its schema's name.
 */
public final class Examples {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<String, String> ENDINGS =
            Map.of(
                    "application/json", ".json",
                    "application/x-ndjson", ".ndjson",
                    "text/csv", ".csv");

    private Examples() {}

    /** Of an answer in a media type; JSON as a tree, all else as text. */
    public static Optional<Object> of(String operation, String mediaType, MediaType content) {
        String ending = ENDINGS.getOrDefault(mediaType, ".txt");
        return read(operation + ending)
                .or(() -> schema(content).flatMap(name -> read(name + ending)));
    }

    /** Of an answer with a status that is not like the operation's others. */
    public static Optional<Object> of(String operation, String status) {
        return read(operation + "-" + status + ".json");
    }

    /** What all bodies of this schema have in common. */
    public static Optional<Object> ofSchema(MediaType content) {
        return schema(content).flatMap(name -> read(name + ".json"));
    }

    private static Optional<String> schema(MediaType content) {
        return Optional.ofNullable(content.getSchema())
                .map(Schema::getRef)
                .map(ref -> ref.substring(ref.lastIndexOf('/') + 1));
    }

    private static Optional<Object> read(String name) {
        ClassLoader service = Thread.currentThread().getContextClassLoader();
        try (InputStream example = service.getResourceAsStream("openapi/examples/" + name)) {
            if (example == null) {
                return Optional.empty();
            }
            return Optional.of(
                    name.endsWith("json")
                            ? JSON.readTree(example)
                            : new String(example.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }
}
