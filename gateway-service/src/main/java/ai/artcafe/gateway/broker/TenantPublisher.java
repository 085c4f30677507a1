package ai.artcafe.gateway.broker;

import ai.artcafe.gateway.reading.ApiMeters;
import ai.artcafe.gateway.telemetry.GatewayMeters;
import ai.artcafe.model.identity.Attribution;
import ai.artcafe.model.identity.TenantId;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Sends what no socket has: messages of the API and the platform's notices, on the tenant's link,
 * and meters them, so that the link carries nothing that nobody has told of. Blocks.
 */
@ApplicationScoped
public class TenantPublisher {

    /** Beyond the timeout of the request itself. */
    private static final Duration GRACE = Duration.ofSeconds(1);

    private final TenantLinks links;
    private final ApiMeters api;
    private final GatewayMeters meters;
    private final Clock clock;

    /** What became of a request. */
    public sealed interface Answer {

        /** The first reply. */
        record Reply(Delivery delivery) implements Answer {}

        /** It was sent, and nobody replied in time. */
        record Silence() implements Answer {}

        /** It was not sent. */
        record NotSent(TenantLink.Outcome outcome) implements Answer {}
    }

    TenantPublisher(TenantLinks links, ApiMeters api, GatewayMeters meters, Clock clock) {
        this.links = links;
        this.api = api;
        this.meters = meters;
        this.clock = clock;
    }

    /**
     * Publishes a message of the tenant's users; it is billed.
     *
     * @param subject on NATS, inside the tenant's namespace
     */
    public TenantLink.Outcome publish(
            TenantId tenant, String subject, byte[] data, Optional<String> id)
            throws InterruptedException {
        TenantLink link = links.lease(tenant);
        try {
            TenantLink.Outcome outcome = link.publish(outgoing(link, subject, data, id));
            if (outcome == TenantLink.Outcome.ACCEPTED) {
                published(tenant, data.length);
            }
            return outcome;
        } finally {
            link.release();
        }
    }

    /** Publishes a notice of the platform's own, which nobody is billed for. */
    public TenantLink.Outcome notice(TenantId tenant, String subject, byte[] data)
            throws InterruptedException {
        TenantLink link = links.lease(tenant);
        try {
            TenantLink.Outcome outcome =
                    link.publish(outgoing(link, subject, data, Optional.empty()));
            if (outcome == TenantLink.Outcome.ACCEPTED) {
                api.control(tenant, data.length);
            }
            return outcome;
        } finally {
            link.release();
        }
    }

    /** Publishes a request of the tenant's users and waits for the first reply; both are billed. */
    public Answer request(TenantId tenant, String subject, byte[] data, Duration timeout)
            throws InterruptedException {
        TenantLink link = links.lease(tenant);
        try {
            CompletableFuture<Optional<Delivery>> reply = new CompletableFuture<>();
            TenantLink.Outcome outcome =
                    link.request(outgoing(link, subject, data, Optional.empty()), timeout, reply);
            if (outcome != TenantLink.Outcome.ACCEPTED) {
                return new Answer.NotSent(outcome);
            }
            published(tenant, data.length);
            Optional<Delivery> came = await(reply, timeout.plus(GRACE));
            came.ifPresent(delivery -> delivered(tenant, delivery.data().length));
            return came.<Answer>map(Answer.Reply::new).orElseGet(Answer.Silence::new);
        } finally {
            link.release();
        }
    }

    private static Optional<Delivery> await(
            CompletableFuture<Optional<Delivery>> reply, Duration patience)
            throws InterruptedException {
        try {
            return reply.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException _) {
            return Optional.empty();
        }
    }

    private void published(TenantId tenant, int bytes) {
        api.published(tenant, bytes);
        meters.published(bytes);
    }

    private void delivered(TenantId tenant, int bytes) {
        api.delivered(tenant, bytes);
        meters.delivered(bytes);
    }

    private Outgoing outgoing(TenantLink link, String subject, byte[] data, Optional<String> id) {
        return new Outgoing(
                subject, data, link.sender(new Attribution.Api(link.tenant())), clock.millis(), id);
    }
}
