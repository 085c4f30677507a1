package ai.artcafe.tracker.reconcile;

import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.usage.Adjustment;
import ai.artcafe.model.usage.Traffic;
import ai.artcafe.tracker.ledger.Claim;
import ai.artcafe.tracker.ledger.Sums;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * What comes of something hidden: a finding, and an agent that may connect no longer. What cannot
 * be written is tried again in the next rounds.
 */
final class Aftermath {

    private static final Logger LOG = Logger.getLogger(Aftermath.class);

    /** Writes that wait at most; beyond it the oldest are given up, with an error in the log. */
    private static final int WAITING = 10_000;

    private final Reconciler.Parts parts;
    private final ReconcileConfig config;
    private final Progress progress;
    private final Deque<Runnable> waiting = new ArrayDeque<>();

    Aftermath(Reconciler.Parts parts, ReconcileConfig config, Progress progress) {
        this.parts = parts;
        this.config = config;
        this.progress = progress;
    }

    /** Does what could not be done before. */
    void catchUp() {
        for (int left = waiting.size(); left > 0; left--) {
            attempt(waiting.removeFirst());
        }
    }

    /** Keeps what was found before it is booked: found twice it is the same finding. */
    void found(TenantId tenant, Sums sums, Look look, Charge charge, Collection<Claim> claims) {
        for (Claim claim : claims) {
            if (claim.reason() == Adjustment.Reason.HIDDEN) {
                keep(bypass(tenant, sums, look, charge, claim));
            }
        }
    }

    private static Finding bypass(
            TenantId tenant, Sums sums, Look look, Charge charge, Claim claim) {
        Traffic hidden = claim.amount();
        String by =
                charge.suspects().isEmpty()
                        ? "no connection shows it"
                        : "connections: " + charge.connections();
        return new Finding(
                tenant,
                "bypass-" + sums.window() + "-" + claim.agent().value() + breach(sums, claim),
                Finding.Type.COUNTER_BYPASS,
                Finding.Severity.CRITICAL,
                claim.from(),
                look.at(),
                hidden.messages(),
                0,
                0,
                agent(claim),
                "%d messages, %d bytes were delivered and kept out of the server's counters; %s"
                        .formatted(hidden.messages(), hidden.bytes(), by));
    }

    /** What tells a further breach in the same window apart: each is a finding of its own. */
    private static String breach(Sums sums, Claim claim) {
        String first = WindowCheck.hidden(sums) + WindowCheck.name(claim.agent());
        return claim.cause().substring(first.length()).replace(':', '-');
    }

    private static Optional<AgentId> agent(Claim claim) {
        return claim.agent() instanceof AgentId agent ? Optional.of(agent) : Optional.empty();
    }

    /** An agent has had a strike. */
    void struck(TenantId tenant, AgentId agent, Instant at) {
        progress.struck();
        if (config.strikes() == 0) {
            return;
        }
        attempt(() -> {
            long strikes = parts.ledger().strikes(tenant, agent);
            if (strikes >= config.strikes() && parts.agents().disable(tenant, agent, at)) {
                progress.disabled();
                LOG.errorf(
                        "Agent disabled, it keeps messages out of the counters: tenant=%s agent=%s"
                                + " strikes=%d",
                        tenant, agent, strikes);
                keep(disabled(tenant, agent, at, strikes));
            }
        });
    }

    private Finding disabled(TenantId tenant, AgentId agent, Instant at, long strikes) {
        return new Finding(
                tenant,
                "disabled-" + agent,
                Finding.Type.AGENT_DISABLED,
                Finding.Severity.CRITICAL,
                at,
                at,
                strikes,
                0,
                config.strikes() - 1L,
                Optional.of(agent),
                "the agent kept messages out of the server's counters %d times and may connect no longer"
                        .formatted(strikes));
    }

    private void keep(Finding finding) {
        LOG.errorf(
                "Found: tenant=%s type=%s agent=%s observed=%d explanation=%s",
                finding.tenant(),
                finding.type().id(),
                finding.agent().map(AgentId::value).orElse(""),
                finding.observed(),
                finding.explanation());
        progress.found();
        attempt(() -> parts.findings().keep(finding));
    }

    private void attempt(Runnable write) {
        try {
            write.run();
        } catch (StoreUnavailableException e) {
            LOG.warnf("Not written, will be tried again: reason=%s", e.getMessage());
            waiting.addLast(write);
            if (waiting.size() > WAITING) {
                waiting.removeFirst();
                LOG.error("Too many findings wait for their store: the oldest is given up");
            }
        }
    }
}
