package ai.artcafe.metrics.store;

import ai.artcafe.model.usage.Adjustment;
import ai.artcafe.model.usage.Gap;
import ai.artcafe.runtime.store.Item;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

/** Items that hold a record as JSON, as Redis does. */
final class RecordItems {

    private static final String JSON = "json";

    private RecordItems() {}

    static Adjustment adjustment(Item item, ObjectMapper json) {
        return read(item, Adjustment.class, json);
    }

    static Gap gap(Item item, ObjectMapper json) {
        return read(item, Gap.class, json);
    }

    private static <T> T read(Item item, Class<T> type, ObjectMapper json) {
        try {
            return json.readValue(item.requiredText(JSON), type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("not a record of " + type.getSimpleName(), e);
        }
    }
}
