package ai.artcafe.metrics.openapi;

import ai.artcafe.metrics.openapi.ResourceMethods.Gate;
import ai.artcafe.model.problem.ErrorCode;
import ai.artcafe.runtime.openapi.Examples;
import ai.artcafe.runtime.problem.Problem;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.headers.Header;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.MediaType;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.responses.APIResponses;
import org.eclipse.microprofile.openapi.models.security.SecurityRequirement;
import org.jboss.jandex.IndexView;

/**
 * Adds to every operation what it has in common with others and does not say itself: how it is
 * secured, which tenant it is about, the errors it may answer, the headers of its answers and an
 * example. What an operation says itself stands.
 */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public final class CommonAnswers implements OASFilter {

    private static final String JWT = "jwt";

    /** How the names of components begin that say what a parameter usually looks like. */
    private static final String USUAL = "Usual";

    private static final String COST = "x-rate-limit-cost";

    private static final List<String> EVERYWHERE = List.of("406", "429", "500", "503");
    private static final List<String> OF_USERS = List.of("400", "401", "404");
    private static final Map<String, String> ERRORS =
            Map.of(
                    "400", "InvalidRequest",
                    "401", "Unauthenticated",
                    "404", "NotFound",
                    "406", "NotAcceptable",
                    "429", "RateLimited",
                    "500", "InternalError",
                    "503", "Unavailable");
    private static final List<String> RATE_HEADERS = List.of("RateLimit-Policy", "RateLimit");
    private static final List<String> CACHE_HEADERS = List.of("ETag", "Cache-Control", "Vary");

    private final ResourceMethods methods;

    public CommonAnswers(IndexView index) {
        this.methods = new ResourceMethods(index);
    }

    @Override
    public void filterOpenAPI(OpenAPI api) {
        Map<String, PathItem> paths = api.getPaths().getPathItems();
        Map<String, Parameter> usual = usual(api);
        paths.values().stream()
                .flatMap(path -> path.getOperations().values().stream())
                .forEach(operation -> {
                    describe(operation, usual);
                    complete(operation);
                });
        api.getPaths().setPathItems(new LinkedHashMap<>(new TreeMap<>(paths)));
        api.getComponents().setSchemas(new TreeMap<>(api.getComponents().getSchemas()));
        api.setTags(
                api.getTags().stream().sorted(Comparator.comparing(tag -> tag.getName())).toList());
    }

    private void complete(Operation operation) {
        if (operation.getSecurity() == null) {
            operation.addSecurityRequirement(OASFactory.createSecurityRequirement().addScheme(JWT));
        }
        boolean isOfUsers = operation.getSecurity().stream().anyMatch(CommonAnswers::asksForToken);
        int cost = methods.cost(id(operation));
        if (cost > 1) {
            operation.addExtension(COST, cost);
        }
        if (isOfUsers) {
            operation.addParameter(parameter("TenantHeader"));
            operation.addParameter(parameter("TenantParameter"));
        }
        answers(operation, isOfUsers);
    }

    /** Says what every parameter of a name looks like, as far as an operation does not. */
    private static void describe(Operation operation, Map<String, Parameter> known) {
        Optional.ofNullable(operation.getParameters()).orElse(List.of()).stream()
                .filter(parameter -> parameter.getName() != null)
                .forEach(parameter ->
                        Optional.ofNullable(known.get(parameter.getName()))
                                .ifPresent(usual -> describe(parameter, usual)));
    }

    private static void describe(Parameter parameter, Parameter usual) {
        if (parameter.getExample() == null) {
            parameter.setExample(usual.getExample());
        }
        if (parameter.getDescription() == null) {
            parameter.setDescription(usual.getDescription());
        }
        if (isAnyText(parameter.getSchema())) {
            parameter.setSchema(usual.getSchema());
        }
    }

    private static boolean isAnyText(Schema schema) {
        return schema.getRef() == null
                && schema.getEnumeration() == null
                && schema.getPattern() == null
                && schema.getFormat() == null;
    }

    /** Takes the usual parameters, which are written apart, out of the components. */
    private static Map<String, Parameter> usual(OpenAPI api) {
        Map<String, Parameter> components = new TreeMap<>(api.getComponents().getParameters());
        Map<String, Parameter> usual =
                components.entrySet().stream()
                        .filter(each -> each.getKey().startsWith(USUAL))
                        .collect(
                                Collectors.toMap(
                                        each -> each.getValue().getName(), Map.Entry::getValue));
        components.keySet().removeIf(name -> name.startsWith(USUAL));
        api.getComponents().setParameters(components);
        return usual;
    }

    private static boolean asksForToken(SecurityRequirement requirement) {
        return requirement.hasScheme(JWT);
    }

    private static String id(Operation operation) {
        return Optional.ofNullable(operation.getOperationId()).orElse("");
    }

    private static Parameter parameter(String name) {
        return OASFactory.createParameter().ref(name);
    }

    private void answers(Operation operation, boolean isOfUsers) {
        APIResponses answers = operation.getResponses();
        answers.getAPIResponses()
                .forEach((status, answer) -> {
                    if (status.startsWith("2")) {
                        success(operation, answer);
                    }
                });
        Map<String, APIResponse> all = new TreeMap<>(answers.getAPIResponses());
        if (methods.isRevalidated(id(operation))) {
            all.putIfAbsent("304", OASFactory.createAPIResponse().ref("NotModified"));
        }
        EVERYWHERE.forEach(status -> all.putIfAbsent(status, error(status)));
        if (isOfUsers) {
            OF_USERS.forEach(status -> all.putIfAbsent(status, error(status)));
        } else if (operation.getParameters() != null) {
            all.putIfAbsent("400", error("400"));
        }
        methods.gate(id(operation)).ifPresent(gate -> all.putIfAbsent("403", tooLow(gate)));
        answers.setAPIResponses(all);
    }

    private void success(Operation operation, APIResponse answer) {
        RATE_HEADERS.forEach(name -> addHeader(answer, name));
        if (methods.isRevalidated(id(operation))) {
            CACHE_HEADERS.forEach(name -> addHeader(answer, name));
        }
        if (answer.getContent() != null) {
            answer.getContent()
                    .getMediaTypes()
                    .forEach((type, content) -> {
                        if (content.getExample() == null && content.getExamples() == null) {
                            Examples.of(id(operation), type, content)
                                    .ifPresent(content::setExample);
                        }
                    });
        }
    }

    private static void addHeader(APIResponse answer, String name) {
        if (answer.getHeaders() == null || !answer.getHeaders().containsKey(name)) {
            Header header = OASFactory.createHeader().ref(name);
            answer.addHeader(name, header);
        }
    }

    private static APIResponse error(String status) {
        return OASFactory.createAPIResponse().ref(ERRORS.get(status));
    }

    private static APIResponse tooLow(Gate gate) {
        String tier = gate.feature().requires().id();
        String what = gate.when().isEmpty() ? "" : ", " + gate.when();
        MediaType problem = OASFactory.createMediaType();
        problem.setSchema(OASFactory.createSchema().ref("Problem"));
        problem.setExample(example(tier));
        Content content = OASFactory.createContent().addMediaType(Problem.MEDIA_TYPE, problem);
        return OASFactory.createAPIResponse()
                .description(
                        "`tier_required`. Takes the tier `%s` or higher%s; `required_tier` names it."
                                .formatted(tier, what))
                .content(content);
    }

    private static Map<String, Object> example(String tier) {
        Map<String, Object> problem = new LinkedHashMap<>();
        problem.put("type", "urn:artcafe:problem:" + ErrorCode.TIER_REQUIRED.code());
        problem.put("title", ErrorCode.TIER_REQUIRED.title());
        problem.put("status", ErrorCode.TIER_REQUIRED.httpStatus());
        problem.put("detail", "Your tier, basic, does not include this: it takes " + tier + ".");
        problem.put("code", ErrorCode.TIER_REQUIRED.code());
        problem.put("instance", "/api/v1/metrics/analytics");
        problem.put("required_tier", tier);
        problem.put("tier", "basic");
        return problem;
    }
}
