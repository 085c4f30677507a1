package ai.artcafe.stack.process;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** Programs of this machine. */
final class Executable {

    private Executable() {}

    /** The program of that name, also in the system's folders that a user's PATH may lack. */
    static Optional<Path> onPath(String name) {
        String path =
                Optional.ofNullable(System.getenv("PATH")).orElse("")
                        + File.pathSeparator
                        + "/usr/local/sbin:/usr/sbin:/sbin";
        return Arrays.stream(path.split(File.pathSeparator))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
