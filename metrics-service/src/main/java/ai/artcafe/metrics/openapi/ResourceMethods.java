package ai.artcafe.metrics.openapi;

import ai.artcafe.metrics.answer.Answer;
import ai.artcafe.metrics.limit.Cost;
import ai.artcafe.metrics.tier.Feature;
import ai.artcafe.metrics.tier.TierGated;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.AnnotationTarget;
import org.jboss.jandex.AnnotationValue;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.DotName;
import org.jboss.jandex.IndexView;
import org.jboss.jandex.MethodInfo;

/** What the code says of its resource methods, by the ids of their operations. */
final class ResourceMethods {

    private static final DotName ANSWER = DotName.createSimple(Answer.class);

    private final IndexView index;
    private final Map<String, MethodInfo> methods;

    /**
     * @param feature the lowest tier that has it passes
     * @param when what of the operation it is about; empty for all of it
     */
    record Gate(Feature feature, String when) {}

    ResourceMethods(IndexView index) {
        this.index = index;
        this.methods =
                index.getAnnotations(Operation.class).stream()
                        .filter(each -> each.target().kind() == AnnotationTarget.Kind.METHOD)
                        .filter(each -> each.value("operationId") != null)
                        .collect(
                                Collectors.toMap(
                                        each -> each.value("operationId").asString(),
                                        each -> each.target().asMethod(),
                                        (one, _) -> one));
    }

    /** Whether what it returns has an {@code ETag}. */
    boolean isRevalidated(String operation) {
        return Optional.ofNullable(methods.get(operation))
                .map(method -> index.getClassByName(method.returnType().name()))
                .map(ClassInfo::interfaceNames)
                .filter(names -> names.contains(ANSWER))
                .isPresent();
    }

    int cost(String operation) {
        return annotation(operation, Cost.class).map(cost -> cost.value().asInt()).orElse(1);
    }

    Optional<Gate> gate(String operation) {
        return annotation(operation, TierGated.class)
                .map(gate ->
                        new Gate(
                                Feature.valueOf(gate.value().asEnum()),
                                text(gate, AnnotationValue::asString)));
    }

    private static String text(AnnotationInstance gate, Function<AnnotationValue, String> read) {
        return Optional.ofNullable(gate.value("when")).map(read).orElse("");
    }

    private Optional<AnnotationInstance> annotation(String operation, Class<?> type) {
        return Optional.ofNullable(methods.get(operation))
                .map(method -> method.annotation(DotName.createSimple(type)));
    }
}
