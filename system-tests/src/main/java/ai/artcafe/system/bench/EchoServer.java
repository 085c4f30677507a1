package ai.artcafe.system.bench;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;

/** The limit of any WebSocket service on this machine: raw Vert.x that sends back what it reads. */
final class EchoServer {

    private EchoServer() {}

    /**
     * @param args the port
     */
    public static void main(String[] args) {
        Vertx vertx = Vertx.vertx();
        vertx.createHttpServer(new HttpServerOptions().setHost("127.0.0.1"))
                .webSocketHandler(socket ->
                        socket.textMessageHandler(text -> {
                            socket.writeTextMessage(text);
                            if (socket.writeQueueFull()) {
                                socket.pause();
                                socket.drainHandler(_ -> socket.resume());
                            }
                        }))
                .listen(Integer.parseInt(args[0]));
    }
}
