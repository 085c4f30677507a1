package ai.artcafe.tracker;

import ai.artcafe.runtime.json.JsonConventions;
import com.fasterxml.jackson.databind.ObjectMapper;

/** JSON as the service reads and writes it. */
public final class Json {

    private static final ObjectMapper MAPPER =
            JsonConventions.apply(new ObjectMapper().findAndRegisterModules());

    private Json() {}

    public static ObjectMapper mapper() {
        return MAPPER;
    }
}
