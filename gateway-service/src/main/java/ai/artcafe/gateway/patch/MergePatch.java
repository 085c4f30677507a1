package ai.artcafe.gateway.patch;

import ai.artcafe.model.problem.ErrorCode;
import ai.artcafe.model.problem.ProblemException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is to change. Each method gives a field as it is to be, and throws {@code invalid_request}
 * with the {@code field} where the patch names it with a value of another type.
 */
public final class MergePatch {

    public static final String MEDIA_TYPE = "application/merge-patch+json";

    private final JsonNode fields;

    private MergePatch(JsonNode fields) {
        this.fields = fields;
    }

    /**
     * @param known the fields that can be changed; one of them must be there
     */
    public static MergePatch of(@Nullable JsonNode body, Set<String> known) {
        if (body == null || !body.isObject()) {
            throw ErrorCode.INVALID_REQUEST.because("a JSON object is expected");
        }
        if (known.stream().noneMatch(body::has)) {
            throw ErrorCode.INVALID_REQUEST.because(
                    "nothing to change: name one of " + String.join(", ", known));
        }
        return new MergePatch(body);
    }

    public boolean names(String field) {
        return fields.has(field);
    }

    /** A text that may be removed. */
    public Optional<String> text(String field, Optional<String> present) {
        JsonNode value = fields.get(field);
        if (value == null) {
            return present;
        }
        return value.isNull() ? Optional.empty() : Optional.of(text(field, value));
    }

    /** A text that must stay. */
    public String text(String field, String present) {
        JsonNode value = fields.get(field);
        return value == null ? present : text(field, value);
    }

    /** A list, replaced as a whole. */
    public List<String> texts(String field, List<String> present) {
        JsonNode value = fields.get(field);
        if (value == null) {
            return present;
        }
        if (value.isNull()) {
            return List.of();
        }
        if (!value.isArray()) {
            throw wrong(field, "a list of texts or null");
        }
        List<String> texts = new ArrayList<>();
        value.forEach(entry -> texts.add(text(field, entry)));
        return texts;
    }

    /** An object with texts in it, merged name by name. */
    public Map<String, String> texts(String field, Map<String, String> present) {
        JsonNode value = fields.get(field);
        if (value == null) {
            return present;
        }
        if (value.isNull()) {
            return Map.of();
        }
        if (!value.isObject()) {
            throw wrong(field, "an object with texts, or null");
        }
        Map<String, String> texts = new LinkedHashMap<>(present);
        value.properties()
                .forEach(entry -> {
                    if (entry.getValue().isNull()) {
                        texts.remove(entry.getKey());
                    } else {
                        texts.put(entry.getKey(), text(field, entry.getValue()));
                    }
                });
        return texts;
    }

    /** The patch of an object inside. */
    public Optional<JsonNode> object(String field) {
        JsonNode value = fields.get(field);
        if (value == null) {
            return Optional.empty();
        }
        if (!value.isObject() && !value.isNull()) {
            throw wrong(field, "an object or null");
        }
        return Optional.of(value);
    }

    private static String text(String field, JsonNode value) {
        if (!value.isTextual()) {
            throw wrong(field, "a text");
        }
        return value.textValue();
    }

    private static ProblemException wrong(String field, String wanted) {
        return new ProblemException(
                ErrorCode.INVALID_REQUEST, field + " must be " + wanted, Map.of("field", field));
    }
}
