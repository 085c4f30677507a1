package ai.artcafe.gateway.auth;

import ai.artcafe.gateway.agent.Agent;
import ai.artcafe.gateway.agent.registry.AgentRegistry;
import ai.artcafe.gateway.audit.AuthAudit;
import ai.artcafe.gateway.auth.store.ChallengeStore;
import ai.artcafe.gateway.limit.KnockLimits;
import ai.artcafe.gateway.limit.RateVerdict;
import ai.artcafe.gateway.signal.FailedLogins;
import ai.artcafe.gateway.ssh.SignatureCheck;
import ai.artcafe.gateway.ssh.SshPublicKey;
import ai.artcafe.gateway.telemetry.GatewayMeters;
import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.problem.ErrorCode;
import ai.artcafe.model.problem.ProblemException;
import ai.artcafe.runtime.store.Tenants;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Challenges and their answers. Nothing here tells whether an agent exists: a challenge is given
 * for any name, and a wrong signature and an unknown agent are one answer. Every method blocks.
 */
@ApplicationScoped
public class AgentAuthentication {

    private static final int CHALLENGE_BYTES = 32;
    private static final Pattern CHALLENGE = Pattern.compile("[A-Za-z0-9_-]{43}");

    /** A challenge that may be answered: true for the one answer that uses it up. */
    private interface Open {
        boolean use();
    }

    private final AuthConfig config;
    private final ChallengeStore challenges;
    private final Tenants tenants;
    private final AgentRegistry agents;
    private final KnockLimits limits;
    private final StandInKey standIn;
    private final FailedLogins failed;
    private final AuthAudit audit;
    private final GatewayMeters meters;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    AgentAuthentication(
            AuthConfig config,
            ChallengeStore challenges,
            Tenants tenants,
            AgentRegistry agents,
            KnockLimits limits,
            StandInKey standIn,
            FailedLogins failed,
            AuthAudit audit,
            GatewayMeters meters,
            Clock clock) {
        this.config = config;
        this.challenges = challenges;
        this.tenants = tenants;
        this.agents = agents;
        this.limits = limits;
        this.standIn = standIn;
        this.failed = failed;
        this.audit = audit;
        this.meters = meters;
        this.clock = clock;
    }

    /**
     * @param address who asks
     * @throws ProblemException {@code limit_exceeded} when it asks too often
     */
    public Challenge challenge(TenantId tenant, AgentId agent, String address) {
        requireFew(address, agent);
        byte[] bytes = new byte[CHALLENGE_BYTES];
        random.nextBytes(bytes);
        Challenge challenge =
                new Challenge(
                        Base64.getUrlEncoder().withoutPadding().encodeToString(bytes),
                        tenant,
                        agent,
                        clock.instant()
                                .plus(config.challengeLifetime())
                                .truncatedTo(ChronoUnit.MILLIS));
        challenges.add(challenge);
        meters.challenged();
        return challenge;
    }

    /**
     * Checks the answer to a challenge and uses the challenge up. A wrong answer does not use it
     * up: else a stranger who saw it could burn it.
     *
     * @param text the challenge
     * @param signature the answer, in any form that {@link SignatureCheck} knows
     * @param address who answers
     * @return the agent, which may connect
     * @throws ProblemException {@code invalid_challenge}, {@code invalid_signature}, {@code
     *     forbidden} for an agent that is disabled, {@code limit_exceeded}
     */
    public Agent authenticate(
            TenantId tenant, AgentId agent, String text, String signature, String address) {
        try {
            requireFew(address, agent);
            Agent known = check(tenant, agent, text, signature);
            meters.attempted("accepted");
            limits.succeeded(address, agent.value());
            audit.accepted(AuthAudit.Door.WEBSOCKET, tenant + "/" + agent, address);
            return known;
        } catch (ProblemException e) {
            meters.attempted(e.code().code());
            audit.refused(AuthAudit.Door.WEBSOCKET, e.code().code(), tenant + "/" + agent, address);
            if (e.code() != ErrorCode.LIMIT_EXCEEDED) {
                failed.add(tenant, agent);
                limits.failed(address, agent.value());
            }
            throw e;
        }
    }

    private Agent check(TenantId tenant, AgentId id, String text, String signature) {
        Open challenge =
                (CHALLENGE.matcher(text).matches()
                                ? given(tenant, id, text)
                                : made(tenant, id, text))
                        .orElseThrow(AgentAuthentication::invalidChallenge);
        boolean isTenant = tenants.find(tenant).isPresent();
        Optional<Agent> agent = agents.find(tenant, id).filter(_ -> isTenant);
        Optional<SshPublicKey> key = agent.flatMap(Agent::sshPublicKey).map(SshPublicKey::parse);
        boolean verifies =
                SignatureCheck.verifies(
                        key.orElseGet(standIn::key),
                        text.getBytes(StandardCharsets.UTF_8),
                        signature);
        if (!verifies || key.isEmpty() || agent.isEmpty()) {
            throw ErrorCode.INVALID_SIGNATURE.because(
                    "The signature does not verify with the agent's registered key.");
        }
        if (!challenge.use()) {
            throw invalidChallenge();
        }
        if (!agent.get().isActive()) {
            throw ErrorCode.FORBIDDEN.because("The agent is disabled.");
        }
        return agent.get();
    }

    /** One of ours. */
    private Optional<Open> given(TenantId tenant, AgentId agent, String text) {
        return challenges
                .find(text)
                .filter(found -> found.isFor(tenant, agent))
                .filter(found -> !found.isExpired(clock.instant()))
                .map(found -> () -> challenges.consume(found));
    }

    /** One of the agent's own, never in the form of ours: else a used one of ours would count. */
    private Optional<Open> made(TenantId tenant, AgentId agent, String text) {
        return Optional.of(text)
                .filter(_ -> config.clientChallenges())
                .flatMap(ClientChallenge::parse)
                .flatMap(own -> own.usedUntil(clock.instant(), config))
                .map(until -> ClientChallenge.record(tenant, agent, text, until))
                .map(used -> () -> challenges.addUsed(used));
    }

    private void requireFew(String address, AgentId agent) {
        if (limits.knock(address, agent) instanceof RateVerdict.Exceeded(Duration retryAfter)) {
            throw new ProblemException(
                    ErrorCode.LIMIT_EXCEEDED,
                    "Too many attempts from this address.",
                    Map.of("retry_after", Long.toString(retryAfter.toSeconds() + 1)));
        }
    }

    private static ProblemException invalidChallenge() {
        return ErrorCode.INVALID_CHALLENGE.because(
                "The challenge is unknown, used, expired or another agent's.");
    }
}
