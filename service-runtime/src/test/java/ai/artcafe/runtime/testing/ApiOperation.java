package ai.artcafe.runtime.testing;

import static io.restassured.RestAssured.given;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * An operation of the service, as its description has it: what tests of all endpoints go by, so
 * that an endpoint that comes to be is tested with the others.
 */
public record ApiOperation(String method, String path, JsonNode description, JsonNode document) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern CODE = Pattern.compile("`([a-z_]+)`");

    /** All of them. */
    public static List<ApiOperation> all() {
        JsonNode document = load();
        List<ApiOperation> all = new ArrayList<>();
        document.path("paths")
                .properties()
                .forEach(path ->
                        path.getValue()
                                .properties()
                                .forEach(operation ->
                                        all.add(
                                                new ApiOperation(
                                                        operation.getKey().toUpperCase(Locale.ROOT),
                                                        path.getKey(),
                                                        operation.getValue(),
                                                        document))));
        return all;
    }

    /** Those that nobody is let in to without a token. */
    public static List<ApiOperation> ofUsers() {
        return all().stream().filter(ApiOperation::needsToken).toList();
    }

    private static JsonNode load() {
        try {
            return JSON.readTree(given().get("/q/openapi?format=json").asString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String id() {
        return description.path("operationId").asText();
    }

    /** The query parameters that it has of its own, with a value that each may have. */
    public Map<String, String> parameters() {
        return parameterNodes().stream()
                .filter(parameter -> parameter.path("in").asText().equals("query"))
                .filter(parameter -> !parameter.path("name").asText().equals("tenant_id"))
                .collect(
                        Collectors.toMap(
                                parameter -> parameter.path("name").asText(),
                                parameter -> parameter.path("example").asText()));
    }

    /** The values that its description gives a parameter: its example, and all of a choice. */
    public Set<String> values(String parameter) {
        Set<String> values = new TreeSet<>();
        parameterNodes().stream()
                .filter(node -> node.path("name").asText().equals(parameter))
                .forEach(node -> {
                    values.add(node.path("example").asText());
                    node.path("schema").path("enum").forEach(value -> values.add(value.asText()));
                });
        return values;
    }

    public List<JsonNode> parameterNodes() {
        List<JsonNode> nodes = new ArrayList<>();
        description.path("parameters").forEach(parameter -> nodes.add(resolve(parameter)));
        return nodes;
    }

    /** Whether nobody is let in without a token. */
    public boolean needsToken() {
        JsonNode security = description.path("security");
        return !security.isEmpty() && !security.valueStream().anyMatch(JsonNode::isEmpty);
    }

    /** Whether a token makes a difference. */
    public boolean takesToken() {
        return !description.path("security").isEmpty();
    }

    public boolean mayAnswer(int status) {
        return description.path("responses").has(Integer.toString(status));
    }

    /** What the description says of an answer with this status. */
    public JsonNode answer(int status) {
        return resolve(description.path("responses").path(Integer.toString(status)));
    }

    /** The codes of problems with this status. */
    public Set<String> codes(int status) {
        Set<String> codes = new TreeSet<>();
        Matcher code = CODE.matcher(answer(status).path("description").asText());
        while (code.find()) {
            codes.add(code.group(1));
        }
        return codes;
    }

    /** What it answers when all is well. */
    public JsonNode success() {
        return description.path("responses").properties().stream()
                .filter(answer -> answer.getKey().startsWith("2"))
                .findFirst()
                .map(answer -> resolve(answer.getValue()))
                .orElseThrow(() -> new AssertionError(this + " never succeeds"));
    }

    /** Whether it has a body. */
    public boolean takesBody() {
        return description.has("requestBody");
    }

    /** Its address with this in place of each of its parameters, as it is. */
    public String at(String id) {
        return path.replaceAll("\\{[a-z_]+}", Matcher.quoteReplacement(id));
    }

    /** Whether what it answers never ends. */
    public boolean streams() {
        return success().path("content").has("text/event-stream");
    }

    public boolean answersJson() {
        return success().path("content").has("application/json");
    }

    /** Whether its answers have an {@code ETag} that is asked for again. */
    public boolean isRevalidated() {
        return mayAnswer(304);
    }

    /** What a reference to another part of the document stands for. */
    public JsonNode resolve(JsonNode node) {
        return node.has("$ref")
                ? resolve(document.at(node.path("$ref").asText().substring(1)))
                : node;
    }

    /** Its address with these parameters, which are not escaped. */
    public String with(String query) {
        return query.isEmpty() ? path : path + "?" + query;
    }

    /** Its address with one parameter, escaped. */
    public String with(String name, String value) {
        return with(name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8));
    }

    /** Its address with every parameter that has an example, and no cursor. */
    public String withExamples() {
        return with(
                parameters().entrySet().stream()
                        .filter(parameter -> !parameter.getKey().equals("cursor"))
                        .map(parameter -> parameter.getKey() + "=" + parameter.getValue())
                        .collect(Collectors.joining("&")));
    }

    @Override
    public String toString() {
        return method + " " + path;
    }
}
