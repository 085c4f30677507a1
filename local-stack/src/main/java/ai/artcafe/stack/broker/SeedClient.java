package ai.artcafe.stack.broker;

import io.nats.client.AuthHandler;
import io.nats.client.Connection;
import io.nats.client.Dispatcher;
import io.nats.client.ErrorListener;
import io.nats.client.NKey;
import io.nats.client.Nats;
import io.nats.client.Options;
import io.nats.client.impl.Headers;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.function.BiFunction;

/** A NATS client as an agent's SDK is one: nothing but a seed. Safe for use by several threads. */
public final class SeedClient implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final Connection connection;

    private SeedClient(Connection connection) {
        this.connection = connection;
    }

    /**
     * @throws IOException when it is refused, or nobody answers
     */
    public static SeedClient connect(URI url, String name, String seed)
            throws IOException, InterruptedException {
        return new SeedClient(
                Nats.connect(
                        Options.builder()
                                .server(url.toString())
                                .connectionName(name)
                                .connectionTimeout(TIMEOUT)
                                .maxReconnects(0)
                                .errorListener(new ErrorListener() {})
                                .authHandler(auth(seed))
                                .build()));
    }

    static AuthHandler auth(String seed) {
        return new SeedAuth(NKey.fromSeed(seed.toCharArray()));
    }

    public boolean isOpen() {
        return connection.getStatus() == Connection.Status.CONNECTED;
    }

    public void publish(String subject, String payload) {
        connection.publish(subject, payload.getBytes(StandardCharsets.UTF_8));
    }

    /** Publishes with the time in a header, so that the message's latency is known. */
    public void publishDated(String subject, String payload) {
        Headers headers = new Headers();
        headers.put("Artcafe-Sent-At", Long.toString(System.currentTimeMillis()));
        connection.publish(subject, headers, payload.getBytes(StandardCharsets.UTF_8));
    }

    /** Asks, whatever comes of it. */
    public void ask(String subject, String payload) {
        connection.request(subject, payload.getBytes(StandardCharsets.UTF_8));
    }

    /** Asks; whether an answer came in time. */
    public boolean request(String subject, String payload) throws InterruptedException {
        return connection.request(subject, payload.getBytes(StandardCharsets.UTF_8), TIMEOUT)
                != null;
    }

    /**
     * Answers what arrives with what the function makes of subject and payload; an empty answer is
     * not sent.
     */
    public void subscribe(String subject, BiFunction<String, String, String> answer) {
        Dispatcher dispatcher =
                connection.createDispatcher(message -> {
                    String text =
                            answer.apply(
                                    message.getSubject(),
                                    new String(message.getData(), StandardCharsets.UTF_8));
                    if (!text.isEmpty() && message.getReplyTo() != null) {
                        publish(message.getReplyTo(), text);
                    }
                });
        dispatcher.subscribe(subject);
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private record SeedAuth(NKey key) implements AuthHandler {

        @Override
        public byte[] sign(byte[] nonce) {
            try {
                return key.sign(nonce);
            } catch (GeneralSecurityException | IOException e) {
                throw new IllegalStateException("the nonce cannot be signed", e);
            }
        }

        @Override
        public char[] getID() {
            try {
                return key.getPublicKey();
            } catch (GeneralSecurityException | IOException e) {
                throw new IllegalStateException("the key has no public part", e);
            }
        }

        @Override
        public char[] getJWT() {
            return new char[0];
        }
    }
}
