package ai.artcafe.gateway.status;

import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.subject.SubjectScheme;
import ai.artcafe.runtime.status.ActivityRecorder;
import ai.artcafe.runtime.status.RequestOutcome;
import ai.artcafe.runtime.status.RequestParty;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;

/**
 * Takes down requests to agents, and how they end. One to {@code agent.{id}.…} is booked to that
 * agent; one to any other subject to the agent that asks, as nobody can tell who should answer.
 */
@ApplicationScoped
public class RequestLog {

    private static final String AGENT = "agent.";

    private final ActivityRecorder recorder;
    private final SubjectScheme subjects;

    RequestLog(ActivityRecorder recorder, SubjectScheme subjects) {
        this.recorder = recorder;
        this.subjects = subjects;
    }

    /** A request on its way. */
    public final class Running {

        private final RequestParty party;
        private final long begun = System.nanoTime();

        private Running(RequestParty party) {
            this.party = party;
        }

        /** It is over; to be called once, from any thread. */
        public void end(RequestOutcome outcome) {
            recorder.requested(party, outcome, Duration.ofNanos(System.nanoTime() - begun));
        }
    }

    /**
     * @param asker the agent that asks
     * @param subject on NATS
     */
    public Running begin(TenantId tenant, AgentId asker, String subject) {
        return new Running(party(subjects, tenant, asker, subject));
    }

    /** The agent is asked by somebody who is no agent. */
    public Running begin(TenantId tenant, AgentId asked) {
        return new Running(RequestParty.answering(tenant, asked));
    }

    static RequestParty party(
            SubjectScheme subjects, TenantId tenant, AgentId asker, String subject) {
        return subjects.relativize(tenant, subject)
                .flatMap(RequestLog::agentOf)
                .map(asked -> RequestParty.answering(tenant, asked))
                .orElseGet(() -> RequestParty.asking(tenant, asker));
    }

    private static Optional<AgentId> agentOf(String relative) {
        if (!relative.startsWith(AGENT)) {
            return Optional.empty();
        }
        int end = relative.indexOf('.', AGENT.length());
        return AgentId.parse(relative.substring(AGENT.length(), end < 0 ? relative.length() : end));
    }
}
