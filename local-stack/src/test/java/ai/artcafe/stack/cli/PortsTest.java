package ai.artcafe.stack.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.artcafe.stack.FreePorts;
import ai.artcafe.stack.StackException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class PortsTest {

    @Test
    void thePortsAreTheOnesOfTheDocumentation() {
        assertThat(new Ports(0).meanings())
                .containsOnlyKeys(8080, 8081, 8082, 4222, 8222, 6379, 8000)
                .containsEntry(8080, "gateway-service")
                .containsEntry(8222, "NATS, monitoring");
    }

    @Test
    void anOffsetMovesThemAll() {
        assertThat(Ports.of(" 1000 ").meanings())
                .containsOnlyKeys(9080, 9081, 9082, 5222, 9222, 7379, 9000);
    }

    @Test
    void noOffsetIsNone() {
        assertThat(Ports.of("").offset()).isZero();
    }

    @Test
    void anOffsetThatIsNoNumberIsRefused() {
        assertThatThrownBy(() -> Ports.of("many"))
                .isInstanceOf(StackException.class)
                .hasMessage("ARTCAFE_PORT_OFFSET must be a number, but is many");
    }

    @Test
    void anOffsetBeyondTheLastPortIsRefused() {
        assertThatThrownBy(() -> new Ports(60_000))
                .isInstanceOf(StackException.class)
                .hasMessageContaining("60000");
    }

    @Test
    void aTakenPortIsNamedWithWhatItIsFor() throws Exception {
        int taken = new FreePorts().next();
        Ports ports = new Ports(taken - 8081);
        try (ServerSocket somebody = new ServerSocket()) {
            somebody.bind(new InetSocketAddress(taken));

            assertThatThrownBy(ports::requireFree)
                    .isInstanceOf(StackException.class)
                    .hasMessageContaining(
                            "Port " + taken + " (tracker-service) is taken by another program.");
        }
    }
}
