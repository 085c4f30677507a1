package ai.artcafe.stack.process;

import ai.artcafe.stack.StackException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/** Debian's packages, unpacked into a folder of ours by {@code debian-package.sh}. */
final class DebianPackage {

    private static final int NO_DEBIAN = 3;

    private DebianPackage() {}

    /** What went wrong, or empty when it is there. */
    static Optional<String> unpack(Path folder, String suites, String name) {
        try (InputStream script = DebianPackage.class.getResourceAsStream("debian-package.sh")) {
            if (script == null) {
                throw new IllegalStateException("debian-package.sh is missing from local-stack");
            }
            Process process =
                    new ProcessBuilder("sh", "-s", folder.toString(), suites, name)
                            .redirectErrorStream(true)
                            .start();
            try (var input = process.getOutputStream()) {
                script.transferTo(input);
            }
            String said =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return switch (process.waitFor()) {
                case 0 -> Optional.empty();
                case NO_DEBIAN -> Optional.of("this machine has no Debian package sources");
                default -> Optional.of(said);
            };
        } catch (IOException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("interrupted while unpacking " + name, e);
        }
    }
}
