package ai.artcafe.metrics.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;

/** Examples of answers: {@code openapi/examples/<operation id>.json}. */
final class Examples {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Examples() {}

    static Optional<JsonNode> of(String operation) {
        String name = "/openapi/examples/" + operation + ".json";
        try (InputStream example = Examples.class.getResourceAsStream(name)) {
            return example == null ? Optional.empty() : Optional.of(JSON.readTree(example));
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }
}
