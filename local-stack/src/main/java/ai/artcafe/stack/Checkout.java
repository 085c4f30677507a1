package ai.artcafe.stack;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The folder of the sources that this JVM works for, and what lies in it. */
public record Checkout(Path root) {

    /** The system property that names the folder. */
    public static final String PROPERTY = "artcafe.checkout";

    /** The folder that the property names, else the nearest one above the working directory. */
    public static Optional<Checkout> find() {
        String named = System.getProperty(PROPERTY, "");
        if (!named.isBlank() && isCheckout(Path.of(named))) {
            return Optional.of(new Checkout(Path.of(named).toAbsolutePath().normalize()));
        }
        Path folder = Path.of(System.getProperty("user.dir", ".")).toAbsolutePath().normalize();
        while (folder != null) {
            if (isCheckout(folder)) {
                return Optional.of(new Checkout(folder));
            }
            folder = folder.getParent();
        }
        return Optional.empty();
    }

    private static boolean isCheckout(Path folder) {
        return Files.isDirectory(folder.resolve("local-stack"))
                && Files.isRegularFile(folder.resolve("pom.xml"));
    }

    /** All state: {@code .artcafe}. */
    public Path state() {
        return root.resolve(".artcafe");
    }

    /** What was unpacked because the machine has none. */
    public Path tools() {
        return state().resolve("tools");
    }
}
