package ai.artcafe.stack.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.artcafe.stack.Engine;
import ai.artcafe.stack.LocalStack;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The same promises in containers. */
class ContainerServicesIT {

    @BeforeEach
    void needsAnEngine() {
        assumeTrue(ContainerEngine.answers(), "no container engine answers on this machine");
    }

    @Test
    void partsComeBackOnTheirPortsAfterTheyWereKilled() {
        try (LocalStack stack = LocalStack.builder().engine(Engine.CONTAINERS).slots(3).start()) {
            stack.redis().kill();
            assertThat(stack.redis().isRunning()).isFalse();
            stack.redis().start();
            assertThat(stack.redis().isRunning()).isTrue();

            stack.nats().stop();
            stack.nats().start();
            assertThat(stack.nats().isRunning()).isTrue();

            assertThat(stack.dynamoDb().pid()).isPositive();
        }
    }
}
