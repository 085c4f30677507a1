package ai.artcafe.gateway.dashboard.broker;

import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.subject.PlatformSubjects;
import ai.artcafe.nats.connection.LastingConnection;
import io.nats.client.Connection;
import io.nats.client.Message;
import io.nats.client.Options;
import io.nats.client.impl.Headers;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Asks the metrics services for live pictures. Thread-safe; nothing blocks. */
@ApplicationScoped
public class PictureRequests {

    private final Options options;
    private volatile Optional<LastingConnection> connection = Optional.empty();

    PictureRequests(@Identifier("platform") Options options) {
        this.options = options;
    }

    /** Starts to connect, and returns at once. */
    public void start() {
        connection = Optional.of(LastingConnection.open(options));
    }

    public void close() {
        connection.ifPresent(LastingConnection::close);
    }

    /** The answer, completed on a thread that must not be blocked, and never with an exception. */
    public CompletableFuture<PictureAnswer> ask(TenantId tenant, Duration patience) {
        Optional<Connection> bus =
                connection
                        .filter(LastingConnection::isConnected)
                        .flatMap(LastingConnection::current);
        if (bus.isEmpty()) {
            return CompletableFuture.completedFuture(new PictureAnswer.Away());
        }
        try {
            return bus.get()
                    .requestWithTimeout(
                            PlatformSubjects.LIVE_PICTURE,
                            tenant.value().getBytes(StandardCharsets.US_ASCII),
                            patience)
                    .handle(PictureRequests::read);
        } catch (IllegalStateException _) {
            return CompletableFuture.completedFuture(new PictureAnswer.Away());
        }
    }

    private static PictureAnswer read(@Nullable Message answer, @Nullable Throwable failure) {
        if (answer == null || failure != null || answer.isStatusMessage()) {
            return new PictureAnswer.Away();
        }
        Optional<Headers> headers = Optional.ofNullable(answer.getHeaders());
        return headers.map(all -> all.getFirst(PlatformSubjects.PICTURE_REFUSED)).isPresent()
                ? new PictureAnswer.Refused()
                : new PictureAnswer.Seen(
                        answer.getData(),
                        headers.map(all -> all.getFirst(PlatformSubjects.PICTURE_STALE))
                                .isPresent());
    }
}
