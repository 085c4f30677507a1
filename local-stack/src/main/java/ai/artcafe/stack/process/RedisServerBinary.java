package ai.artcafe.stack.process;

import ai.artcafe.stack.StackException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import redis.embedded.core.ExecutableProvider;

/** The redis-server program: of this machine, else the one that embedded-redis brings along. */
final class RedisServerBinary {

    private RedisServerBinary() {}

    /**
     * @param folder where the one that is brought along is unpacked
     */
    static Path locate(Path folder) {
        return Executable.onPath("redis-server").orElseGet(() -> unpacked(folder));
    }

    private static Path unpacked(Path folder) {
        try {
            Files.createDirectories(folder);
            File program = ExecutableProvider.newJarResourceProvider(folder.toFile()).get();
            if (!program.setExecutable(true) && !program.canExecute()) {
                throw new StackException(program + " cannot be made executable");
            }
            return program.toPath();
        } catch (IOException | RuntimeException e) {
            throw new StackException(
                    "There is no redis-server on PATH, and the one brought along cannot be used"
                            + " here: install Redis 6.2 or newer",
                    e);
        }
    }
}
