package ai.artcafe.gateway.connection;

import static org.assertj.core.api.Assertions.assertThat;

import ai.artcafe.gateway.agent.Agent;
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
        assertThat(RevocationSweep.fault(ADMITTED, Optional.empty())).isPresent();
        assertThat(
                        RevocationSweep.fault(
                                ADMITTED,
                                Optional.of(
                                        FakeSocket.agent(
                                                "worker",
                                                ADMITTED.sshPublicKey(),
                                                Agent.Status.DISABLED))))
                .isPresent();
        assertThat(
                        RevocationSweep.fault(
                                ADMITTED,
                                Optional.of(
                                        FakeSocket.agent(
                                                "worker",
                                                Optional.of("ssh-ed25519 BBBB"),
                                                Agent.Status.ACTIVE))))
                .isPresent();
    }
}
