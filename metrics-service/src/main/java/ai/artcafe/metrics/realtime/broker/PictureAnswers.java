package ai.artcafe.metrics.realtime.broker;

import ai.artcafe.metrics.answer.Rendering;
import ai.artcafe.metrics.realtime.Pictures;
import ai.artcafe.metrics.realtime.RealtimeAnswer;
import ai.artcafe.metrics.telemetry.MetricNames;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.problem.ErrorCode;
import ai.artcafe.model.subject.PlatformSubjects;
import ai.artcafe.nats.NatsConfig;
import ai.artcafe.nats.NatsOptions;
import ai.artcafe.nats.NatsSeeds;
import ai.artcafe.nats.connection.LastingConnection;
import ai.artcafe.runtime.store.StoreOutages;
import ai.artcafe.runtime.store.TenantRecord;
import ai.artcafe.runtime.store.Tenants;
import io.micrometer.core.instrument.MeterRegistry;
import io.nats.client.Connection;
import io.nats.client.Dispatcher;
import io.nats.client.Message;
import io.nats.client.impl.Headers;
import io.nats.client.impl.NatsMessage;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.jboss.logging.Logger;

/**
 * Tells gateways what {@code GET /api/v1/metrics/realtime} tells a tenant. All instances share the
 * questions; each answers on virtual threads, so many at once. Without NATS the API goes on alone.
 */
@ApplicationScoped
class PictureAnswers {

    private static final Logger LOG = Logger.getLogger(PictureAnswers.class);

    private static final String NAME = "metrics";
    private static final Duration FAREWELL = Duration.ofSeconds(1);
    private static final int PENDING_QUESTIONS = 1024;
    private static final long PENDING_BYTES = 1_048_576;

    private final BusConfig config;
    private final NatsConfig nats;
    private final NatsSeeds seeds;
    private final Tenants tenants;
    private final Pictures pictures;
    private final Rendering rendering;
    private final MeterRegistry metrics;
    private final Semaphore free;
    private volatile Optional<LastingConnection> connection = Optional.empty();

    PictureAnswers(
            BusConfig config,
            NatsConfig nats,
            NatsSeeds seeds,
            Tenants tenants,
            Pictures pictures,
            Rendering rendering,
            MeterRegistry metrics) {
        this.config = config;
        this.nats = nats;
        this.seeds = seeds;
        this.tenants = tenants;
        this.pictures = pictures;
        this.rendering = rendering;
        this.metrics = metrics;
        this.free = new Semaphore(config.atOnce());
    }

    /**
     * @throws IllegalStateException when it is to answer and has no seed
     */
    void start(@Observes StartupEvent event) {
        if (!config.answer()) {
            return;
        }
        LastingConnection bus =
                LastingConnection.open(
                        NatsOptions.named(NAME).urls(nats.url()).seed(seeds.seed(NAME)).build());
        bus.onConnection(this::listen);
        connection = Optional.of(bus);
    }

    void stop(@Observes ShutdownEvent event) {
        connection.ifPresent(bus -> bus.close(FAREWELL));
    }

    private void listen(Connection made) {
        Dispatcher questions = made.createDispatcher();
        questions.setPendingLimits(PENDING_QUESTIONS, PENDING_BYTES);
        questions.subscribe(
                PlatformSubjects.LIVE_PICTURE,
                PlatformSubjects.METRICS_QUEUE,
                question -> take(made, question));
    }

    private void take(Connection bus, Message question) {
        String replyTo = question.getReplyTo();
        if (replyTo == null) {
            return;
        }
        if (!free.tryAcquire()) {
            send(bus, refused(replyTo, ErrorCode.UNAVAILABLE));
            return;
        }
        Thread.ofVirtual()
                .name("picture")
                .start(() -> {
                    try {
                        send(bus, answer(question, replyTo));
                    } finally {
                        free.release();
                    }
                });
    }

    private NatsMessage answer(Message question, String replyTo) {
        try {
            Optional<TenantRecord> tenant =
                    TenantId.parse(new String(question.getData(), StandardCharsets.UTF_8))
                            .flatMap(tenants::find);
            return tenant.map(record -> seen(record, replyTo))
                    .orElseGet(() -> refused(replyTo, ErrorCode.NOT_FOUND));
        } catch (RuntimeException e) {
            if (StoreOutages.storeAway(e).isPresent()) {
                return refused(replyTo, ErrorCode.UNAVAILABLE);
            }
            LOG.error("a live picture could not be made", e);
            return refused(replyTo, ErrorCode.INTERNAL);
        }
    }

    private NatsMessage seen(TenantRecord tenant, String replyTo) {
        RealtimeAnswer answer = pictures.of(tenant).answer();
        NatsMessage.Builder message =
                NatsMessage.builder().subject(replyTo).data(rendering.of(answer).body());
        if (answer.stale()) {
            message.headers(new Headers().put(PlatformSubjects.PICTURE_STALE, "true"));
        }
        count(answer.stale() ? "stale" : "fresh");
        return message.build();
    }

    private NatsMessage refused(String replyTo, ErrorCode code) {
        count(code.code());
        return NatsMessage.builder()
                .subject(replyTo)
                .headers(new Headers().put(PlatformSubjects.PICTURE_REFUSED, code.code()))
                .build();
    }

    private void count(String outcome) {
        metrics.counter(MetricNames.PICTURES_TOLD, MetricNames.OUTCOME, outcome).increment();
    }

    private static void send(Connection bus, NatsMessage answer) {
        try {
            bus.publish(answer);
        } catch (IllegalStateException e) {
            LOG.debugf(e, "a live picture could not be sent");
        }
    }
}
