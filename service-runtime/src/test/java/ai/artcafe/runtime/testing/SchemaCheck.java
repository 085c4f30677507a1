package ai.artcafe.runtime.testing;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether JSON is as a schema of the description says, as far as the description's schemas go:
 * types, enumerations, references, alternatives, and no property that is not in it.
 */
public final class SchemaCheck {

    private final JsonNode document;
    private final List<String> faults = new ArrayList<>();

    private SchemaCheck(JsonNode document) {
        this.document = document;
    }

    /** What is wrong, with where it is; empty when nothing is. */
    public static List<String> faults(JsonNode document, JsonNode schema, JsonNode value) {
        SchemaCheck check = new SchemaCheck(document);
        check.check("$", schema, value);
        return check.faults;
    }

    private void check(String at, JsonNode schema, JsonNode value) {
        for (String alternatives : List.of("anyOf", "oneOf")) {
            if (schema.has(alternatives)) {
                alternatives(at, schema.path(alternatives), value);
                return;
            }
        }
        if (value.isNull() && allows(schema, "null")) {
            return;
        }
        if (schema.has("$ref")) {
            check(at, document.at(schema.path("$ref").asText().substring(1)), value);
            return;
        }
        schema.path("allOf").forEach(part -> check(at, part, value));
        if (schema.has("type") && !allows(schema, type(value)) && !isWhole(schema, value)) {
            fault(at, "is " + type(value) + ", not " + schema.path("type"));
            return;
        }
        if (schema.has("enum")
                && schema.path("enum").valueStream().noneMatch(one -> one.equals(value))) {
            fault(at, "is " + value + ", not one of " + schema.path("enum"));
        }
        if (value.isArray()) {
            for (int i = 0; i < value.size(); i++) {
                check(at + "[" + i + "]", schema.path("items"), value.get(i));
            }
        }
        if (value.isObject()) {
            object(at, schema, value);
        }
    }

    private void alternatives(String at, JsonNode alternatives, JsonNode value) {
        List<List<String>> each =
                alternatives
                        .valueStream()
                        .map(schema ->
                                faults(document, schema, value).stream()
                                        .map(fault -> at + fault.substring(1))
                                        .toList())
                        .toList();
        if (each.stream().noneMatch(List::isEmpty)) {
            each.forEach(faults::addAll);
        }
    }

    private void object(String at, JsonNode schema, JsonNode value) {
        schema.path("required")
                .forEach(name -> {
                    if (!value.has(name.asText())) {
                        fault(at, "lacks " + name.asText());
                    }
                });
        JsonNode others = schema.path("additionalProperties");
        if (!schema.has("properties") && others.isMissingNode()) {
            return; // any object
        }
        value.properties()
                .forEach(property -> {
                    String name = property.getKey();
                    JsonNode known = schema.path("properties").path(name);
                    if (!known.isMissingNode()) {
                        check(at + "." + name, known, property.getValue());
                    } else if (others.isObject()) {
                        check(at + "." + name, others, property.getValue());
                    } else {
                        fault(at, "has " + name + ", which the description does not know");
                    }
                });
    }

    private static boolean allows(JsonNode schema, String type) {
        JsonNode types = schema.path("type");
        return types.isArray()
                ? types.valueStream().anyMatch(each -> each.asText().equals(type))
                : types.asText().equals(type);
    }

    private static boolean isWhole(JsonNode schema, JsonNode value) {
        return value.isIntegralNumber() && allows(schema, "number");
    }

    private static String type(JsonNode value) {
        return switch (value.getNodeType()) {
            case OBJECT -> "object";
            case ARRAY -> "array";
            case STRING -> "string";
            case BOOLEAN -> "boolean";
            case NULL -> "null";
            case NUMBER -> value.isIntegralNumber() ? "integer" : "number";
            case BINARY, MISSING, POJO -> value.getNodeType().name();
        };
    }

    private void fault(String at, String what) {
        faults.add(at + " " + what);
    }
}
