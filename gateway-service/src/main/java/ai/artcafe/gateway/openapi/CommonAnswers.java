package ai.artcafe.gateway.openapi;

import ai.artcafe.runtime.openapi.Examples;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.PathItem.HttpMethod;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.MediaType;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.parameters.RequestBody;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;

/**
 * Adds to every operation what it has in common with others and does not say itself: how it is
 * secured, which tenant it is about, its key and conditions, the errors it may answer, and
 * examples. What an operation says itself stands. What takes no token is what agents ask before
 * they are known.
 */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public final class CommonAnswers implements OASFilter {

    private static final String JWT = "jwt";
    private static final String OF_AGENTS = "authentication";
    private static final String TENANTS = "/api/v1/tenants";

    private static final Map<String, String> EVERYWHERE =
            Map.of(
                    "400", "InvalidRequest",
                    "404", "NotFound",
                    "406", "NotAcceptable",
                    "429", "LimitExceeded",
                    "500", "InternalError",
                    "503", "Unavailable");
    private static final Map<String, String> OF_USERS =
            Map.of("401", "Unauthenticated", "403", "Forbidden");
    private static final Map<String, String> OF_WRITES =
            Map.of("409", "Conflict", "413", "TooLarge", "415", "UnsupportedMediaType");

    @Override
    public void filterOpenAPI(OpenAPI api) {
        Map<String, PathItem> paths = api.getPaths().getPathItems();
        paths.forEach((path, item) ->
                item.getOperations()
                        .forEach((method, operation) -> complete(path, method, operation)));
        api.getPaths().setPathItems(new LinkedHashMap<>(new TreeMap<>(paths)));
        api.getComponents().setSchemas(new TreeMap<>(api.getComponents().getSchemas()));
    }

    private static void complete(String path, HttpMethod method, Operation operation) {
        boolean isOfUsers =
                Optional.ofNullable(operation.getTags())
                        .filter(tags -> tags.contains(OF_AGENTS))
                        .isEmpty();
        boolean isWrite = method != HttpMethod.GET;
        Map<String, APIResponse> answers =
                new TreeMap<>(operation.getResponses().getAPIResponses());
        answers.remove("400"); // what the extension says of every body
        refer(answers, EVERYWHERE);
        if (isWrite) {
            refer(answers, OF_WRITES);
        }
        if (isOfUsers) {
            refer(answers, OF_USERS);
            operation.addSecurityRequirement(OASFactory.createSecurityRequirement().addScheme(JWT));
            if (!path.startsWith(TENANTS)) {
                operation.addParameter(parameter("TenantHeader"));
                operation.addParameter(parameter("TenantParameter"));
            }
            if (isWrite) {
                operation.addParameter(parameter("IdempotencyKey"));
            }
        } else {
            operation.setSecurity(List.of());
        }
        describe(operation, answers);
        exemplify(operation, answers);
        operation.getResponses().setAPIResponses(answers);
    }

    private static void exemplify(Operation operation, Map<String, APIResponse> answers) {
        String id = Optional.ofNullable(operation.getOperationId()).orElse("");
        answers.forEach((status, answer) -> {
            if (status.startsWith("2")) {
                exemplify(
                        Optional.ofNullable(answer.getContent()),
                        (type, body) ->
                                Examples.of(id, status).or(() -> Examples.of(id, type, body)));
            }
        });
        exemplify(
                Optional.ofNullable(operation.getRequestBody()).map(RequestBody::getContent),
                (_, body) -> Examples.ofSchema(body));
    }

    private static void exemplify(
            Optional<Content> content, BiFunction<String, MediaType, Optional<Object>> examples) {
        content.ifPresent(bodies ->
                bodies.getMediaTypes()
                        .forEach((type, body) -> {
                            if (body.getExample() == null) {
                                examples.apply(type, body).ifPresent(body::setExample);
                            }
                        }));
    }

    private static void describe(Operation operation, Map<String, APIResponse> answers) {
        List<Parameter> parameters =
                Optional.ofNullable(operation.getParameters()).orElse(List.of());
        for (Parameter parameter : parameters) {
            switch (Optional.ofNullable(parameter.getName()).orElse("")) {
                case "If-Match" -> {
                    answers.putIfAbsent("412", response("PreconditionFailed"));
                    say(parameter, "Only if it is in this state: an `ETag`, or `*`");
                }
                case "If-None-Match" -> {
                    answers.putIfAbsent("304", response("NotModified"));
                    say(parameter, "Unless it is in this state: an `ETag`");
                }
                case "limit" -> {
                    say(parameter, "How many at most, 1 to 100");
                    parameter.setExample(50);
                }
                case "cursor" -> say(parameter, "The `next_cursor` of the page before, as it is");
                case "agent" -> say(parameter, "The agent's id");
                case "user" -> say(parameter, "The `sub` of the user's tokens, percent-encoded");
                case "id" -> say(parameter, "Its id");
                default -> {}
            }
        }
    }

    private static void say(Parameter parameter, String description) {
        if (parameter.getDescription() == null) {
            parameter.setDescription(description);
        }
    }

    private static void refer(Map<String, APIResponse> answers, Map<String, String> components) {
        components.forEach((status, name) -> answers.putIfAbsent(status, response(name)));
    }

    private static APIResponse response(String name) {
        return OASFactory.createAPIResponse().ref(name);
    }

    private static Parameter parameter(String name) {
        return OASFactory.createParameter().ref(name);
    }
}
