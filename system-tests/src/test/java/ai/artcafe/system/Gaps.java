package ai.artcafe.system;

import ai.artcafe.model.usage.Gap;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Gaps as the ledger writes them. */
final class Gaps {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Gaps() {}

    /** All of a hash {@code source key → JSON}. */
    static Map<String, Gap> in(Map<String, String> hash) {
        Map<String, Gap> gaps = new HashMap<>();
        hash.forEach((source, json) -> gaps.put(source, parse(json)));
        return gaps;
    }

    static Gap parse(String json) {
        try {
            JsonNode gap = JSON.readTree(json);
            return new Gap(
                    gap.get("source").textValue(),
                    Instant.parse(gap.get("from").textValue()),
                    Instant.parse(gap.get("to").textValue()),
                    gap.get("connections").longValue(),
                    gap.get("returned").booleanValue());
        } catch (JsonProcessingException e) {
            throw new AssertionError("not a gap: " + json, e);
        }
    }
}
