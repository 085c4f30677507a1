package ai.artcafe.system.bench;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A program of this module in a process of its own, so that its CPU time is its own. */
final class ChildJvm implements AutoCloseable {

    private final Process process;

    private ChildJvm(Process process) {
        this.process = process;
    }

    /** A program that is no part of this module. */
    static ChildJvm startJar(Path jar, Map<String, String> environment) throws IOException {
        if (Files.notExists(jar)) {
            throw new IllegalStateException("it has not been built: " + jar + " is missing");
        }
        List<String> command = java();
        command.add("-jar");
        command.add(jar.toString());
        return start(command, environment);
    }

    static ChildJvm start(Class<?> program, List<String> arguments) throws IOException {
        List<String> command = java();
        command.add("--sun-misc-unsafe-memory-access=allow");
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(program.getName());
        command.addAll(arguments);
        return start(command, Map.of());
    }

    private static List<String> java() {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("--enable-native-access=ALL-UNNAMED");
        return command;
    }

    private static ChildJvm start(List<String> command, Map<String, String> environment)
            throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .redirectOutput(Redirect.DISCARD)
                        .redirectError(Redirect.INHERIT);
        builder.environment().putAll(environment);
        return new ChildJvm(builder.start());
    }

    /** Returns when something listens on the port of this machine. */
    ChildJvm awaitPort(int port) throws InterruptedException {
        Waiting.until(Duration.ofSeconds(20), "port " + port, () -> accepts(port));
        return this;
    }

    ProcessHandle handle() {
        return process.toHandle();
    }

    private static boolean accepts(int port) {
        try (Socket _ = new Socket("127.0.0.1", port)) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }
}
