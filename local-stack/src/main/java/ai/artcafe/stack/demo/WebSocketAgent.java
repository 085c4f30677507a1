package ai.artcafe.stack.demo;

import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.stack.StackException;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** At the WebSocket door: an SSH key, a challenge, its signature, a socket. */
record WebSocketAgent(
        TenantId tenant, AgentId id, SshIdentity key, URI gateway, GatewayApi api, HttpClient http)
        implements DemoAgent {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    @Override
    public void register(GatewayApi operator) {
        operator.registerAgent(tenant, id, "ssh_public_key", key.publicKey())
                .doneOrThere("agent " + id);
    }

    @Override
    public Session connect() throws IOException, InterruptedException {
        try {
            String challenge = api.challenge(tenant, id);
            URI address =
                    URI.create(
                            "ws://"
                                    + gateway.getAuthority()
                                    + "/ws/agent/"
                                    + id
                                    + "?challenge="
                                    + encoded(challenge)
                                    + "&signature="
                                    + encoded(key.sign(challenge))
                                    + "&tenant_id="
                                    + tenant);
            WebSocket socket =
                    http.newWebSocketBuilder()
                            .connectTimeout(TIMEOUT)
                            .buildAsync(address, new Reader())
                            .orTimeout(TIMEOUT.toSeconds(), TimeUnit.SECONDS)
                            .join();
            SocketSession session = new SocketSession(socket);
            session.send("{\"type\":\"subscribe\",\"subject\":\"tasks.>\"}");
            return session;
        } catch (CompletionException | StackException e) {
            throw new IOException(id + " was not let in", e);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** Takes what arrives and lets go of it. */
    private static final class Reader implements WebSocket.Listener {

        @Override
        public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            socket.abort();
            return java.util.concurrent.CompletableFuture.completedStage(code);
        }
    }

    private record SocketSession(WebSocket socket) implements Session {

        @Override
        public boolean isOpen() {
            return !socket.isInputClosed() && !socket.isOutputClosed();
        }

        @Override
        public void heartbeat(String state) {
            send("{\"type\":\"heartbeat\"," + state + "}");
        }

        @Override
        public void publish(String subject, String json) {
            send("{\"type\":\"publish\",\"subject\":\"" + subject + "\",\"data\":" + json + "}");
        }

        @Override
        public void ask(String subject, String json) {
            send(
                    "{\"type\":\"request\",\"timeout_ms\":2000,\"subject\":\""
                            + subject
                            + "\",\"data\":"
                            + json
                            + "}");
        }

        void send(String frame) {
            socket.sendText(frame, true).orTimeout(TIMEOUT.toSeconds(), TimeUnit.SECONDS).join();
        }

        @Override
        public void close() {
            if (isOpen()) {
                socket.sendClose(WebSocket.NORMAL_CLOSURE, "")
                        .orTimeout(TIMEOUT.toSeconds(), TimeUnit.SECONDS)
                        .exceptionally(_ -> socket)
                        .join();
            }
            socket.abort();
        }
    }
}
