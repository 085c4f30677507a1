package ai.artcafe.stack.broker;

import ai.artcafe.stack.LocalStack;
import io.nats.client.AuthHandler;
import io.nats.client.Connection;
import io.nats.client.ConnectionListener;
import io.nats.client.ErrorListener;
import io.nats.client.Message;
import io.nats.client.NKey;
import io.nats.client.Nats;
import io.nats.client.Options;
import io.nats.client.Subscription;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** NATS clients with nothing but a seed. */
final class TestClients {

    /** For what must come. */
    static final Duration PATIENCE = Duration.ofSeconds(30);

    private TestClients() {}

    static Connection connect(LocalStack stack, String seed, String inboxPrefix) throws Exception {
        return Nats.connect(
                options(stack, seed)
                        .inboxPrefix(inboxPrefix)
                        .errorListener(new ErrorListener() {})
                        .build());
    }

    /** What the server says to one that it should not let in, as soon as it says so. */
    static String refusal(LocalStack stack, String seed) throws Exception {
        CompletableFuture<String> said = new CompletableFuture<>();
        Nats.connectAsynchronously(
                options(stack, seed)
                        .errorListener(
                                new ErrorListener() {
                                    @Override
                                    public void errorOccurred(Connection refused, String error) {
                                        said.complete(error);
                                    }
                                })
                        .connectionListener((connection, event) -> {
                            if (event == ConnectionListener.Events.CONNECTED) {
                                said.complete("welcome");
                            }
                        })
                        .build(),
                false);
        return said.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    private static Options.Builder options(LocalStack stack, String seed) throws Exception {
        NKey key = NKey.fromSeed(seed.toCharArray());
        return Options.builder()
                .server(stack.natsUrl().toString())
                .maxReconnects(0)
                .connectionTimeout(PATIENCE)
                .authHandler(
                        new AuthHandler() {
                            @Override
                            public byte[] sign(byte[] nonce) {
                                try {
                                    return key.sign(nonce);
                                } catch (Exception e) {
                                    throw new IllegalStateException(e);
                                }
                            }

                            @Override
                            public char[] getID() {
                                try {
                                    return key.getPublicKey();
                                } catch (Exception e) {
                                    throw new IllegalStateException(e);
                                }
                            }

                            @Override
                            public char[] getJWT() {
                                return new char[0];
                            }
                        });
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static Optional<Message> next(Subscription subscription) throws Exception {
        return Optional.ofNullable(subscription.nextMessage(PATIENCE));
    }
}
