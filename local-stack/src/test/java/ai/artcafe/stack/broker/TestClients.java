package ai.artcafe.stack.broker;

import ai.artcafe.stack.LocalStack;
import io.nats.client.AuthHandler;
import io.nats.client.Connection;
import io.nats.client.Message;
import io.nats.client.NKey;
import io.nats.client.Nats;
import io.nats.client.Options;
import io.nats.client.Subscription;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/** NATS clients with nothing but a seed. */
final class TestClients {

    private TestClients() {}

    static Connection connect(LocalStack stack, String seed, String inboxPrefix) throws Exception {
        NKey key = NKey.fromSeed(seed.toCharArray());
        return Nats.connect(
                Options.builder()
                        .server(stack.natsUrl().toString())
                        .inboxPrefix(inboxPrefix)
                        .maxReconnects(0)
                        .errorListener(new io.nats.client.ErrorListener() {})
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
                                })
                        .build());
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static Optional<Message> next(Subscription subscription) throws Exception {
        return Optional.ofNullable(subscription.nextMessage(Duration.ofSeconds(1)));
    }
}
