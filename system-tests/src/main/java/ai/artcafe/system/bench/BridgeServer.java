package ai.artcafe.system.bench;

import io.nats.client.Connection;
import io.nats.client.Nats;
import io.nats.client.Options;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * The limit of any gateway to NATS on this machine: raw Vert.x that publishes each frame as it is.
 * It authenticates nobody, parses nothing and counts nothing.
 */
final class BridgeServer {

    private BridgeServer() {}

    /**
     * @param args the port, the NATS server's URL, the file of an agent's seed, the subject
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        Connection nats =
                Nats.connect(
                        Options.builder()
                                .server(args[1])
                                .authHandler(Nats.staticCredentials(null, seed(Path.of(args[2]))))
                                .maxMessagesInOutgoingQueue(1_000_000)
                                .build());
        String subject = args[3];
        Vertx vertx = Vertx.vertx();
        vertx.createHttpServer(new HttpServerOptions().setHost("127.0.0.1"))
                .webSocketHandler(socket ->
                        socket.textMessageHandler(text ->
                                nats.publish(subject, text.getBytes(StandardCharsets.UTF_8))))
                .listen(Integer.parseInt(args[0]));
    }

    private static char[] seed(Path file) throws IOException {
        return java.nio.file.Files.readString(file).strip().toCharArray();
    }
}
