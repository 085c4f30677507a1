package ai.artcafe.gateway.callout.broker;

import ai.artcafe.gateway.audit.AuthAudit;
import ai.artcafe.gateway.callout.CalloutConfig;
import ai.artcafe.gateway.limit.KnockLimits;
import ai.artcafe.gateway.telemetry.GatewayMeters;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * What becomes of attempts at the NATS door. Who has failed often in a row is refused later and
 * later; nobody is refused for what others did, as each one's key and signature are looked at
 * first.
 */
@ApplicationScoped
class Attempts {

    private static final Logger LOG = Logger.getLogger(Attempts.class);

    private final KnockLimits limits;
    private final AuthAudit audit;
    private final GatewayMeters meters;
    private final Duration longestDelay;
    private final Semaphore delayed;

    Attempts(KnockLimits limits, AuthAudit audit, GatewayMeters meters, CalloutConfig config) {
        this.limits = limits;
        this.audit = audit;
        this.meters = meters;
        this.longestDelay = config.refusalDelay();
        this.delayed = new Semaphore(config.delayedRefusals());
    }

    void accepted(CalloutRequest request) {
        limits.succeeded(request.host(), shown(request));
        audit.accepted(AuthAudit.Door.NATS, shown(request), request.host());
    }

    /**
     * Answers at once or later. When very many wait for their answer already there is none: the
     * server then ends the connection by itself.
     *
     * @param reason one of a few
     */
    void refused(CalloutRequest request, String reason, Runnable answer) {
        audit.refused(AuthAudit.Door.NATS, reason, shown(request), request.host());
        Duration wait = limits.failed(request.host(), shown(request));
        if (!wait.isPositive()) {
            answer.run();
            return;
        }
        meters.slowedDown();
        if (delayed.tryAcquire()) {
            Duration delay = wait.compareTo(longestDelay) < 0 ? wait : longestDelay;
            Thread.ofVirtual().name("refusal").start(() -> answerAfter(delay, answer));
        }
    }

    /**
     * It is left without an answer.
     *
     * @param reason one of a few
     */
    void deferred(CalloutRequest request, String reason) {
        audit.refused(AuthAudit.Door.NATS, reason, shown(request), request.host());
    }

    private void answerAfter(Duration delay, Runnable answer) {
        try {
            TimeUnit.MILLISECONDS.sleep(delay.toMillis());
            answer.run();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (IllegalStateException e) {
            LOG.debugf("a refusal could not be sent reason=%s", e.getMessage());
        } finally {
            delayed.release();
        }
    }

    /** Anybody can send anything as a key. */
    private static String shown(CalloutRequest request) {
        return request.nkey().matches("[A-Z2-7]{1,60}") ? request.nkey() : "(not a key)";
    }
}
