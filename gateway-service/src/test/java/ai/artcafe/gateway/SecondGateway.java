package ai.artcafe.gateway;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;

import ai.artcafe.stack.FreePorts;
import ai.artcafe.stack.LocalStack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Another gateway beside the one under test: the packaged service as a process of its own. */
public final class SecondGateway implements AutoCloseable {

    private static final Path SERVICE = Path.of("target/quarkus-app/quarkus-run.jar");

    private final Process process;
    private final int port;

    private SecondGateway(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Starts one on this stack, and waits until it is ready. */
    public static SecondGateway start(LocalStack stack, Map<String, String> environment) {
        int port = new FreePorts().next();
        try {
            ProcessBuilder builder =
                    new ProcessBuilder(
                                    Path.of(System.getProperty("java.home"), "bin", "java")
                                            .toString(),
                                    "--enable-native-access=ALL-UNNAMED",
                                    "-XX:TieredStopAtLevel=1",
                                    "-jar",
                                    SERVICE.toString())
                            .redirectErrorStream(true)
                            .redirectOutput(
                                    Files.createTempFile(
                                                    Path.of("target"), "second-gateway", ".log")
                                            .toFile());
            builder.environment().putAll(stack.environment());
            builder.environment().put("ARTCAFE_HTTP_PORT", Integer.toString(port));
            builder.environment().putAll(environment);
            SecondGateway gateway = new SecondGateway(builder.start(), port);
            await().atMost(Duration.ofSeconds(120))
                    .ignoreExceptions()
                    .until(() -> given().port(port).get("/health/ready").statusCode() == 200);
            return gateway;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    public int port() {
        return port;
    }

    /** SIGTERM. */
    public void stop() {
        process.destroy();
    }

    /** SIGKILL. */
    public void kill() {
        process.destroyForcibly();
    }

    public boolean hasEnded(Duration patience) throws InterruptedException {
        return process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
