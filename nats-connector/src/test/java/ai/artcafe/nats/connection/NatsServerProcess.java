package ai.artcafe.nats.connection;

import ai.artcafe.stack.process.NatsServerBinary;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** A bare server whose password a test may change. */
final class NatsServerProcess implements AutoCloseable {

    private final int port = freePort();
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

    /** Below the ports that outgoing connections take. */
    private static int freePort() {
        for (int attempt = 0; attempt < 100; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(20_000, 32_000);
            try (ServerSocket socket =
                    new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException taken) {
                continue;
            }
        }
        throw new IllegalStateException("no free port");
    }
}
