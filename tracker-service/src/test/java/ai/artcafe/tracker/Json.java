package ai.artcafe.tracker;

import ai.artcafe.runtime.json.JsonConventions;
import com.fasterxml.jackson.databind.ObjectMapper;

/** JSON as the service reads and writes it. */
public final class Json {

    private Json() {}

    public static ObjectMapper mapper() {
        return JsonConventions.apply(new ObjectMapper().findAndRegisterModules());
    }
}
