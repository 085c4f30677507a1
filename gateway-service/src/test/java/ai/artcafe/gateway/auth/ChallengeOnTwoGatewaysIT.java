package ai.artcafe.gateway.auth;

import static org.assertj.core.api.Assertions.assertThat;

import ai.artcafe.gateway.Platform;
import ai.artcafe.gateway.Stack;
import ai.artcafe.gateway.agent.registry.AgentRegistry;
import ai.artcafe.gateway.audit.AuthAudit;
import ai.artcafe.gateway.auth.store.ChallengeStore;
import ai.artcafe.gateway.limit.KnockLimits;
import ai.artcafe.gateway.signal.FailedLogins;
import ai.artcafe.gateway.telemetry.GatewayMeters;
import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.problem.ProblemException;
import ai.artcafe.runtime.store.Tenants;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** That a challenge counts once, on whichever gateways it is answered at the same time. */
@QuarkusTest
@QuarkusTestResource(Stack.class)
class ChallengeOnTwoGatewaysIT {

    private static final int ANSWERS = 8;

    @Inject ChallengeStore challenges;
    @Inject AgentRegistry agents;
    @Inject Tenants tenants;
    @Inject KnockLimits limits;
    @Inject StandInKey standIn;
    @Inject FailedLogins failed;
    @Inject AuthAudit audit;
    @Inject GatewayMeters meters;
    @Inject Clock clock;

    private Platform.Agent agent;

    @BeforeEach
    void anAgent() {
        agent = Platform.sshAgent(Platform.tenant("starter"));
    }

    @Test
    void oneThatWasGivenOutCountsOnce() throws Exception {
        String challenge = agent.challenge();
        assertThat(answered(challenge, gateway(false), gateway(false)))
                .containsOnlyOnce("accepted")
                .hasSize(ANSWERS)
                .contains("invalid_challenge");
    }

    @Test
    void oneThatAClientMadeCountsOnce() throws Exception {
        for (String challenge :
                new String[] {
                    clock.millis() + ".nonce-of-the-client", "nonce-" + System.nanoTime() + "-only"
                }) {
            assertThat(answered(challenge, gateway(true), gateway(true)))
                    .as(challenge)
                    .containsOnlyOnce("accepted")
                    .hasSize(ANSWERS)
                    .contains("invalid_challenge");
        }
    }

    @Test
    void oneThatAClientMadeDoesNotCountUnlessItIsTurnedOn() {
        assertThat(answer(gateway(false), clock.millis() + ".nonce-of-the-client", 1))
                .isEqualTo("invalid_challenge");
    }

    @Test
    void aUsedOneOfOursIsNoneThatAClientMade() {
        String challenge = agent.challenge();
        assertThat(answer(gateway(true), challenge, 1)).isEqualTo("accepted");
        assertThat(answer(gateway(true), challenge, 2)).isEqualTo("invalid_challenge");
        assertThat(answer(gateway(true), clock.millis() - 3_600_000 + ".an-hour-ago", 3))
                .isEqualTo("invalid_challenge");
    }

    @Test
    void anothersSignatureDoesNotUseItUp() {
        String challenge = clock.millis() + ".nonce-of-the-client";
        Platform.Agent stranger = Platform.sshAgent(agent.tenant());
        assertThat(outcome(gateway(true), challenge, stranger.key().sign(challenge), 1))
                .isEqualTo("invalid_signature");
        assertThat(answer(gateway(true), challenge, 2)).isEqualTo("accepted");
    }

    private List<String> answered(String challenge, AgentAuthentication... gateways)
            throws Exception {
        List<Callable<String>> answers = new ArrayList<>();
        for (int i = 0; i < ANSWERS; i++) {
            int number = i;
            answers.add(() -> answer(gateways[number % gateways.length], challenge, number));
        }
        List<String> outcomes = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<String> outcome : threads.invokeAll(answers)) {
                outcomes.add(outcome.get());
            }
        }
        return outcomes;
    }

    private String answer(AgentAuthentication gateway, String challenge, int from) {
        return outcome(gateway, challenge, agent.key().sign(challenge), from);
    }

    private String outcome(
            AgentAuthentication gateway, String challenge, String signature, int from) {
        try {
            gateway.authenticate(
                    new TenantId(agent.tenant()),
                    new AgentId(agent.id()),
                    challenge,
                    signature,
                    "203.0.113." + from);
            return "accepted";
        } catch (ProblemException e) {
            return e.code().code();
        }
    }

    private AgentAuthentication gateway(boolean clientChallenges) {
        return new AgentAuthentication(
                new AuthSettings(clientChallenges),
                challenges,
                tenants,
                agents,
                limits,
                standIn,
                failed,
                audit,
                meters,
                clock);
    }
}
