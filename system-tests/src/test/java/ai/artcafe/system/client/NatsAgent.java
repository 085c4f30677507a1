package ai.artcafe.system.client;

import ai.artcafe.model.usage.Traffic;
import io.nats.client.AuthHandler;
import io.nats.client.Connection;
import io.nats.client.Message;
import io.nats.client.NKey;
import io.nats.client.Nats;
import io.nats.client.Options;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** An agent at the NATS door, with nothing but an NKey seed. */
public final class NatsAgent implements AutoCloseable {

    private final Connection connection;
    private final AtomicReference<Traffic> delivered = new AtomicReference<>(Traffic.NONE);

    private NatsAgent(Connection connection) {
        this.connection = connection;
    }

    public static NKey newKey() {
        try {
            return NKey.createUser(null);
        } catch (GeneralSecurityException | IOException e) {
            throw new AssertionError(e);
        }
    }

    public static String publicKey(NKey key) {
        try {
            return new String(key.getPublicKey());
        } catch (GeneralSecurityException | IOException e) {
            throw new AssertionError(e);
        }
    }

    public static NatsAgent connect(URI server, NKey key) throws IOException, InterruptedException {
        return connect(server, key, key);
    }

    /** Gives up after that time: whoever is refused for a while gets no answer. */
    public static NatsAgent connect(URI server, NKey key, Duration patience)
            throws IOException, InterruptedException {
        return connect(server, key, key, patience);
    }

    /** Claims one key and signs with another: a thief, when they differ. */
    public static NatsAgent connect(URI server, NKey claimed, NKey signing)
            throws IOException, InterruptedException {
        // jnats waits for all of it even when the server has refused already
        return connect(server, claimed, signing, Duration.ofSeconds(claimed == signing ? 30 : 10));
    }

    private static NatsAgent connect(URI server, NKey claimed, NKey signing, Duration patience)
            throws IOException, InterruptedException {
        Options options =
                Options.builder()
                        .server(server.toString())
                        .maxReconnects(0)
                        .connectionTimeout(patience)
                        .authHandler(
                                new AuthHandler() {
                                    @Override
                                    public byte[] sign(byte[] nonce) {
                                        try {
                                            return signing.sign(nonce);
                                        } catch (GeneralSecurityException | IOException e) {
                                            throw new AssertionError(e);
                                        }
                                    }

                                    @Override
                                    public char[] getID() {
                                        return publicKey(claimed).toCharArray();
                                    }

                                    @Override
                                    public char @Nullable [] getJWT() {
                                        return null;
                                    }
                                })
                        .build();
        return new NatsAgent(Nats.connect(options));
    }

    /** Counts what arrives. */
    public void subscribe(String subject) {
        subscribe(subject, _ -> {});
    }

    /** Counts what arrives, and hands it on. */
    public void subscribe(String subject, Consumer<Message> listener) {
        connection
                .createDispatcher(message -> {
                    count(message);
                    listener.accept(message);
                })
                .subscribe(subject);
        flush();
    }

    public void publish(String subject, String payload) {
        connection.publish(subject, payload.getBytes(StandardCharsets.UTF_8));
    }

    /** The same with a subject for replies. */
    public void publish(String subject, String replyTo, String payload) {
        connection.publish(subject, replyTo, payload.getBytes(StandardCharsets.UTF_8));
    }

    public void flush() {
        try {
            connection.flush(Duration.ofSeconds(60));
        } catch (Exception e) {
            throw new AssertionError("could not flush", e);
        }
    }

    /** Messages delivered so far, with payload and headers. */
    public Traffic delivered() {
        return delivered.get();
    }

    private void count(Message message) {
        int headers = message.hasHeaders() ? message.getHeaders().serializedLength() : 0;
        delivered.updateAndGet(so -> so.plus(1, message.getData().length + headers));
    }

    public Connection connection() {
        return connection;
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
