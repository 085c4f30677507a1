package ai.artcafe.gateway.callout.broker;

import ai.artcafe.gateway.GatewayIdentity;
import ai.artcafe.gateway.callout.Admissions;
import ai.artcafe.gateway.callout.CalloutConfig;
import ai.artcafe.gateway.callout.ClientIdentity;
import ai.artcafe.gateway.callout.Verdict;
import ai.artcafe.gateway.signal.FailedLogins;
import ai.artcafe.gateway.telemetry.GatewayMeters;
import ai.artcafe.nats.NatsConfig;
import ai.artcafe.nats.NatsOptions;
import ai.artcafe.nats.NatsSeeds;
import ai.artcafe.nats.connection.LastingConnection;
import ai.artcafe.runtime.store.StoreOutages;
import io.nats.client.Connection;
import io.nats.client.Dispatcher;
import io.nats.client.Message;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Answers the NATS server's auth callout, together with the other gateways in the queue group
 * {@code callout}. Each question is answered on a virtual thread of its own.
 */
@ApplicationScoped
public class CalloutResponder {

    private static final Logger LOG = Logger.getLogger(CalloutResponder.class);

    private static final String SUBJECT = "$SYS.REQ.USER.AUTH";
    private static final String QUEUE = "callout";
    private static final long PENDING_BYTES = 64L * 1024 * 1024;

    private final Admissions admissions;
    private final CalloutConfig config;
    private final NatsConfig nats;
    private final NatsSeeds seeds;
    private final GatewayIdentity gateway;
    private final FailedLogins failed;
    private final Attempts attempts;
    private final GatewayMeters meters;
    private final CalloutAnswers answers;
    private final Semaphore permits;

    private volatile @Nullable LastingConnection connection;
    private volatile @Nullable Dispatcher dispatcher;

    CalloutResponder(
            Admissions admissions,
            CalloutConfig config,
            NatsConfig nats,
            NatsSeeds seeds,
            GatewayIdentity gateway,
            FailedLogins failed,
            Attempts attempts,
            GatewayMeters meters) {
        this.admissions = admissions;
        this.config = config;
        this.nats = nats;
        this.seeds = seeds;
        this.gateway = gateway;
        this.failed = failed;
        this.attempts = attempts;
        this.meters = meters;
        this.answers = new CalloutAnswers(seeds.seed("issuer"));
        this.permits = new Semaphore(config.concurrency());
    }

    /** Starts to connect, and returns at once. */
    public void start() {
        LastingConnection opened =
                LastingConnection.open(
                        NatsOptions.named("callout-" + gateway.id())
                                .urls(nats.url())
                                .seed(seeds.seed("responder"))
                                .maxQueued(config.pending())
                                .build());
        connection = opened;
        opened.onConnection(this::subscribe);
    }

    private void subscribe(Connection made) {
        Dispatcher fresh = made.createDispatcher(this::take);
        fresh.setPendingLimits(config.pending(), PENDING_BYTES);
        fresh.subscribe(SUBJECT, QUEUE);
        dispatcher = fresh;
    }

    /** Whether questions reach this gateway now. */
    public boolean isListening() {
        LastingConnection opened = connection;
        return opened != null && opened.isConnected();
    }

    /** Why they do not, for people. */
    public String fault() {
        LastingConnection opened = connection;
        return opened == null ? "not started" : opened.fault();
    }

    private void take(Message question) throws InterruptedException {
        permits.acquire();
        Thread.ofVirtual()
                .name("callout")
                .start(() -> {
                    try {
                        answer(question);
                    } finally {
                        permits.release();
                    }
                });
    }

    private void answer(Message question) {
        long began = System.nanoTime();
        Optional<CalloutRequest> request = CalloutRequest.read(question.getData());
        String replyTo = question.getReplyTo();
        if (request.isEmpty() || replyTo == null) {
            LOG.warnf("a callout that no server has signed was ignored");
            return;
        }
        String outcome = "silent";
        try {
            Verdict verdict = decide(request.get());
            outcome =
                    switch (verdict) {
                        case Verdict.Allowed allowed -> {
                            question.getConnection()
                                    .publish(replyTo, answers.answer(request.get(), allowed));
                            attempts.accepted(request.get());
                            yield "allowed";
                        }
                        case Verdict.Denied denied -> {
                            failed.add(request.get().nkey());
                            byte[] answer = answers.answer(request.get(), denied);
                            attempts.refused(
                                    request.get(),
                                    denied.reason(),
                                    () -> question.getConnection().publish(replyTo, answer));
                            yield "denied";
                        }
                        case Verdict.Deferred(String reason) -> {
                            attempts.deferred(request.get(), reason);
                            yield "deferred";
                        }
                    };
        } catch (GeneralSecurityException | IOException | RuntimeException e) {
            Optional<String> away = StoreOutages.storeAway(e);
            if (away.isPresent()) {
                LOG.warnf(
                        "NATS client left without an answer, it will try again away=%s",
                        away.get());
            } else {
                LOG.errorf(e, "NATS client left without an answer");
            }
        } finally {
            meters.answered(outcome, Duration.ofNanos(System.nanoTime() - began));
        }
    }

    private Verdict decide(CalloutRequest request) {
        if (!request.isPlainClient()) {
            return new Verdict.Denied("not a plain client");
        }
        if (!request.isSignedByClient()) {
            return new Verdict.Denied("signature does not verify");
        }
        return admissions.decide(
                new ClientIdentity(request.nkey(), request.connectionName(), request.serverId()));
    }

    /** Takes no more questions, answers those that were taken, and closes. */
    public void close() {
        LastingConnection opened = connection;
        Dispatcher listening = dispatcher;
        if (opened == null) {
            return;
        }
        try {
            if (listening != null && opened.isConnected()) {
                listening
                        .drain(config.drainPatience())
                        .get(config.drainPatience().toMillis() + 500, TimeUnit.MILLISECONDS);
            }
            if (!permits.tryAcquire(
                    config.concurrency(),
                    config.drainPatience().toMillis(),
                    TimeUnit.MILLISECONDS)) {
                LOG.warnf("some NATS clients were left without an answer at shutdown");
            }
        } catch (ExecutionException | TimeoutException | IllegalStateException e) {
            LOG.warnf("the callout could not be drained reason=%s", String.valueOf(e.getMessage()));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        opened.close(config.drainPatience());
    }
}
