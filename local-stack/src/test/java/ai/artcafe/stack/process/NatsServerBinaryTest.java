package ai.artcafe.stack.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NatsServerBinaryTest {

    @ParameterizedTest
    @CsvSource({
        "nats-server: v2.9.10, false",
        "nats-server: v2.10.25, false",
        "nats-server: v2.10.26, true",
        "nats-server: v2.10.27, true",
        "nats-server: v2.12.0-preview.1, true",
        "nats-server: v3.0.0, true",
        "nats-server: 2.10.27, true",
        "command not found, false"
    })
    void serversOlderThanTheClosedRingThatWeNeedAreRefused(String versionLine, boolean newEnough) {
        assertThat(NatsServerBinary.isNewEnough(versionLine)).isEqualTo(newEnough);
    }
}
