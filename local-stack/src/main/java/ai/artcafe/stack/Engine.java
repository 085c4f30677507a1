package ai.artcafe.stack;

import ai.artcafe.stack.container.ContainerEngine;
import java.util.Locale;
import java.util.Optional;

/** How the parts run. */
public enum Engine {
    /** In containers, where an engine answers. */
    CONTAINERS,
    /** As child processes of this JVM. */
    PROCESSES;

    /** The variable that overrides the detection: {@code containers} or {@code processes}. */
    public static final String VARIABLE = "ARTCAFE_ENGINE";

    /** Containers where an engine answers, processes elsewhere. */
    public static Engine detect() {
        return Optional.ofNullable(System.getenv(VARIABLE))
                .filter(name -> !name.isBlank())
                .map(Engine::named)
                .orElseGet(() -> ContainerEngine.answers() ? CONTAINERS : PROCESSES);
    }

    private static Engine named(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "containers" -> CONTAINERS;
            case "processes" -> PROCESSES;
            default ->
                    throw new StackException(
                            VARIABLE + " must be containers or processes, but is " + name);
        };
    }
}
