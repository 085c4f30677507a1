package ai.artcafe.nats.connection;

import ai.artcafe.stack.FreePorts;
import ai.artcafe.stack.process.NatsServerBinary;
import java.io.IOException;

/** A bare server whose password a test may change. */
final class NatsServerProcess implements AutoCloseable {

    private final int port = new FreePorts().next();
    private Process process;

    String url() {
        return "nats://agent:right@127.0.0.1:" + port;
    }

    void start(String password) throws IOException {
        process =
                new ProcessBuilder(
                                NatsServerBinary.locate().toString(),
                                "-a",
                                "127.0.0.1",
                                "-p",
                                String.valueOf(port),
                                "--user",
                                "agent",
                                "--pass",
                                password)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
    }

    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() {
        if (process != null) {
            process.destroyForcibly();
        }
    }
}
