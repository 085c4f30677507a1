package ai.artcafe.stack.process;

import ai.artcafe.stack.StackException;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** DynamoDB Local's program: a JVM with a class path of its own, resolved when we were built. */
final class DynamoDbLocal {

    private static final String CLASS_PATH_LIST = "dynamodb-local.classpath";
    private static final String MAIN_CLASS =
            "software.amazon.dynamodb.services.local.main.ServerRunner";

    private DynamoDbLocal() {}

    /** Kept in memory, and gone with the process. */
    static List<String> inMemory(int port) {
        return command(port, List.of("-inMemory"));
    }

    /** Kept in files: a killed process loses nothing that it confirmed. */
    static List<String> inFolder(int port, Path folder) {
        return command(port, List.of("-sharedDb", "-dbPath", folder.toString()));
    }

    private static List<String> command(int port, List<String> storage) {
        List<String> command =
                new java.util.ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx512m",
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "-XX:+ExitOnOutOfMemoryError",
                                "--enable-native-access=ALL-UNNAMED",
                                "-cp",
                                classPath(),
                                MAIN_CLASS,
                                "-port",
                                Integer.toString(port),
                                "-disableTelemetry"));
        command.addAll(storage);
        return List.copyOf(command);
    }

    private static String classPath() {
        List<Path> files;
        try (InputStream list = DynamoDbLocal.class.getResourceAsStream(CLASS_PATH_LIST)) {
            if (list == null) {
                throw new StackException(CLASS_PATH_LIST + " is missing: build local-stack");
            }
            files =
                    new String(list.readAllBytes(), StandardCharsets.UTF_8)
                            .lines()
                            .filter(line -> !line.isBlank())
                            .map(Path::of)
                            .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + CLASS_PATH_LIST, e);
        }
        files.stream()
                .filter(Files::notExists)
                .findFirst()
                .ifPresent(missing -> {
                    throw new StackException(
                            missing
                                    + " is gone since local-stack was built: build it again"
                                    + " (mvn -pl local-stack -am install -DskipTests)");
                });
        return files.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }
}
