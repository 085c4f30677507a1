package ai.artcafe.gateway.excess;

import ai.artcafe.gateway.broker.TenantPublisher;
import ai.artcafe.model.limit.OverLimit;
import ai.artcafe.model.problem.ErrorCode;
import ai.artcafe.model.subject.SubjectScheme;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jboss.logging.Logger;

/**
 * Tells agents on {@code tenant.<tenant>.agent.<agent>.limits} that they are over a limit. Nobody
 * is billed for it, and no agent may publish there. Blocks.
 */
@ApplicationScoped
class Warnings {

    private static final Logger LOG = Logger.getLogger(Warnings.class);

    private final TenantPublisher publisher;
    private final SubjectScheme subjects;
    private final ObjectMapper json;
    private final Clock clock;

    /**
     * What an agent is told.
     *
     * @param retryAfterMs for how long it is refused, 0 for a warning
     */
    private record Warning(
            ErrorCode code,
            OverLimit.Kind limit,
            long observed,
            long allowed,
            boolean disconnected,
            long retryAfterMs,
            Instant at) {}

    Warnings(TenantPublisher publisher, SubjectScheme subjects, ObjectMapper json, Clock clock) {
        this.publisher = publisher;
        this.subjects = subjects;
        this.json = json;
        this.clock = clock;
    }

    /**
     * @param backOff for how long the agent is refused, zero for not at all
     */
    void send(OverLimit.Excess excess, Duration backOff) {
        try {
            publisher.notice(
                    excess.tenantId(),
                    subjects.limits(excess.tenantId(), excess.agentId()).value(),
                    json.writeValueAsBytes(
                            new Warning(
                                    excess.kind().code(),
                                    excess.kind(),
                                    excess.observed(),
                                    excess.limit(),
                                    backOff.isPositive(),
                                    backOff.toMillis(),
                                    clock.instant())));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("a warning cannot be written as JSON", e);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            LOG.debugf("a warning was interrupted agent=%s", excess.agentId());
        }
    }
}
