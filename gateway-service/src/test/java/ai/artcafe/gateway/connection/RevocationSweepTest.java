package ai.artcafe.gateway.connection;

import static org.assertj.core.api.Assertions.assertThat;

import ai.artcafe.gateway.agent.Agent;
import ai.artcafe.gateway.agent.EndReason;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RevocationSweepTest {

    private static final Agent ADMITTED =
            FakeSocket.agent("worker", Optional.of("ssh-ed25519 AAAA"), Agent.Status.ACTIVE);

    @Test
    void whoIsAsItWasLetInStays() {
        assertThat(RevocationSweep.fault(ADMITTED, Optional.of(ADMITTED))).isEmpty();
    }

    @Test
    void whoIsDeletedOrDisabledOrHasAnotherKeyGoes() {
        assertThat(RevocationSweep.fault(ADMITTED, Optional.empty())).hasValue(EndReason.DELETED);
        assertThat(
                        RevocationSweep.fault(
                                ADMITTED,
                                Optional.of(
                                        FakeSocket.agent(
                                                "worker",
                                                ADMITTED.sshPublicKey(),
                                                Agent.Status.DISABLED))))
                .hasValue(EndReason.DISABLED);
        assertThat(
                        RevocationSweep.fault(
                                ADMITTED,
                                Optional.of(
                                        FakeSocket.agent(
                                                "worker",
                                                Optional.of("ssh-ed25519 BBBB"),
                                                Agent.Status.ACTIVE))))
                .hasValue(EndReason.KEY_REPLACED);
    }
}
