package ai.artcafe.tracker.broker;

import ai.artcafe.nats.NatsOptions;
import ai.artcafe.nats.Seed;
import ai.artcafe.stack.LocalStack;
import io.nats.client.Connection;
import io.nats.client.Message;
import io.nats.client.Nats;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Someone on the platform's bus. */
public final class BusClient implements AutoCloseable {

    private final Connection connection;

    public BusClient(LocalStack stack, String seed) throws Exception {
        connection =
                Nats.connect(
                        NatsOptions.named("test")
                                .urls(stack.natsUrl().toString())
                                .seed(Seed.parse(seed))
                                .toBuilder()
                                .connectionTimeout(Duration.ofSeconds(30))
                                .build());
    }

    /** What is answered within two seconds. */
    public Optional<String> request(String subject, byte[] payload) throws Exception {
        Message answer = connection.request(subject, payload, Duration.ofSeconds(2));
        return Optional.ofNullable(answer)
                .map(message -> new String(message.getData(), StandardCharsets.UTF_8));
    }

    /** What is published from now on; the list grows. */
    public List<String> listen(String subject) throws Exception {
        List<String> heard = new CopyOnWriteArrayList<>();
        connection
                .createDispatcher(
                        message -> heard.add(new String(message.getData(), StandardCharsets.UTF_8)))
                .subscribe(subject);
        connection.flush(Duration.ofSeconds(30));
        return heard;
    }

    @Override
    public void close() throws Exception {
        connection.close();
    }
}
