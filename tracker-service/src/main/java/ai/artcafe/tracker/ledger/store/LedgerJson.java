package ai.artcafe.tracker.ledger.store;

import ai.artcafe.model.usage.Adjustment;
import ai.artcafe.model.usage.Gap;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The ledger's records as text, in the service's conventions. */
final class LedgerJson {

    private final ObjectMapper mapper;

    LedgerJson(ObjectMapper mapper) {
        this.mapper = mapper;
    }

    /** All that a script does not fill in itself: without the id and the amount. */
    String body(Adjustment adjustment) {
        ObjectNode node = mapper.valueToTree(adjustment);
        node.remove("id");
        node.remove("amount");
        return node.toString();
    }

    /** All that a script does not fill in itself: without the connections. */
    String body(Gap gap) {
        ObjectNode node = mapper.valueToTree(gap);
        node.remove("connections");
        return node.toString();
    }

    String write(Object entry) {
        try {
            return mapper.writeValueAsString(entry);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * @throws IllegalStateException when the text is not one of ours
     */
    <T> T read(String text, Class<T> type) {
        try {
            return mapper.readValue(text, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(
                    "not a " + type.getSimpleName() + ": " + e.getOriginalMessage(), e);
        }
    }
}
