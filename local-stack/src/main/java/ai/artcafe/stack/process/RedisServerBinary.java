package ai.artcafe.stack.process;

import ai.artcafe.stack.StackException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;
import redis.embedded.core.ExecutableProvider;
import redis.embedded.model.OsArchitecture;

/**
 * The redis-server program: of this machine, else the one that embedded-redis brings along.
 *
 * <p>That one embedded-redis deletes when its JVM ends. Others may be running it by then, so it is
 * unpacked into a folder of this JVM's own and moved, whole, to a name that stays.
 */
final class RedisServerBinary {

    private static final String NAME = "redis-server";

    private RedisServerBinary() {}

    /**
     * @param folder where the one that is brought along is kept
     */
    static Path locate(Path folder) {
        return Executable.onPath(NAME).orElseGet(() -> unpacked(folder));
    }

    static Path unpacked(Path folder) {
        Path own = folder.resolve("." + UUID.randomUUID());
        try {
            Path program = folder.resolve(nameWithVersion());
            if (Files.isExecutable(program)) {
                return program;
            }
            Files.createDirectories(own);
            File fresh = ExecutableProvider.newJarResourceProvider(own.toFile()).get();
            if (!fresh.setExecutable(true) && !fresh.canExecute()) {
                throw new StackException(fresh + " cannot be made executable");
            }
            Files.move(fresh.toPath(), program, StandardCopyOption.ATOMIC_MOVE);
            Files.delete(own);
            return program;
        } catch (IOException | RuntimeException e) {
            throw new StackException(
                    "There is no redis-server on PATH, and the one brought along cannot be used"
                            + " here: install Redis 6.2 or newer",
                    e);
        }
    }

    private static String nameWithVersion() {
        String resource =
                ExecutableProvider.newProvidedVersionsMap()
                        .get(OsArchitecture.detectOSandArchitecture());
        if (resource == null) {
            throw new StackException("embedded-redis has none for this kind of machine");
        }
        return Path.of(resource).getFileName().toString();
    }
}
