package ai.artcafe.stack.cli;

import ai.artcafe.stack.BackingService;
import ai.artcafe.stack.FolderTree;
import ai.artcafe.stack.LocalStack;
import ai.artcafe.stack.StackException;
import ai.artcafe.stack.process.Probe;
import ai.artcafe.stack.process.ProcessService;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Our services as child processes, each on a copy of what was built, so that a build may go on. */
record Services(Platform platform, LocalStack stack, Ports ports) {

    /** More options for the services' JVMs. */
    static final String JAVA_OPTIONS = "ARTCAFE_JAVA_OPTS";

    private static final Duration WITHIN = Duration.ofSeconds(60);

    /** The service as it would run; it is not started. */
    BackingService create(ServiceApp service) {
        Path built = platform.built(service);
        if (Files.notExists(built.resolve("quarkus-run.jar"))) {
            throw new StackException(
                    service.module() + " is not built: there is no " + built + "/quarkus-run.jar");
        }
        Path app = platform.state().resolve("apps").resolve(service.id());
        new FolderTree(built).copyTo(app);
        int port = ports.of(service);
        Map<String, String> environment = new LinkedHashMap<>(stack.environment());
        environment.put("ARTCAFE_HTTP_PORT", Integer.toString(port));
        return new ProcessService(
                new ProcessService.Launch(
                        service.id(),
                        port,
                        command(app),
                        environment,
                        platform.state().resolve("data").resolve(service.id()),
                        platform.log(service.id()),
                        platform.pidFile(service.id()).file(),
                        Probe.httpOk(URI.create("http://127.0.0.1:" + port + "/q/health")),
                        WITHIN));
    }

    private static List<String> command(Path app) {
        String more = Optional.ofNullable(System.getenv(JAVA_OPTIONS)).orElse("");
        return Stream.of(
                        Stream.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:+ExitOnOutOfMemoryError",
                                "--enable-native-access=ALL-UNNAMED"),
                        Arrays.stream(more.split("\\s+")).filter(option -> !option.isEmpty()),
                        Stream.of("-jar", app.resolve("quarkus-run.jar").toString()))
                .flatMap(words -> words)
                .toList();
    }
}
