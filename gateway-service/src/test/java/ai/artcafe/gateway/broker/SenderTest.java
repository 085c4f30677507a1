package ai.artcafe.gateway.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.artcafe.model.identity.AgentId;
import io.nats.client.impl.Headers;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SenderTest {

    private static final long SENT_AT = 1_763_700_000_123L;

    private final Sender sender = new Sender(new AgentId("worker-1"), "gateway-a");

    @Test
    void headersSayWhoSentWhenAndThroughWhichGateway() {
        assertThat(text(sender.headers(SENT_AT, Optional.empty())))
                .isEqualTo(
                        "NATS/1.0\r\nArtcafe-Client:worker-1\r\nArtcafe-Gateway:gateway-a\r\n"
                                + "Artcafe-Sent-At:1763700000123\r\n\r\n");
    }

    @Test
    void anIdIsAHeaderOfItsOwn() {
        assertThat(text(sender.headers(SENT_AT, Optional.of("order 7"))))
                .endsWith("Artcafe-Sent-At:1763700000123\r\nNats-Msg-Id:order 7\r\n\r\n");
    }

    @Test
    void messagesOfAMillisecondShareTheirHeaders() {
        Headers first = sender.headers(SENT_AT, Optional.empty());

        assertThat(sender.headers(SENT_AT, Optional.empty())).isSameAs(first);
        assertThat(text(sender.headers(SENT_AT + 1, Optional.empty())))
                .contains("Artcafe-Sent-At:1763700000124");
    }

    @Test
    void theyHaveTheLengthThatTheClientReckonsWith() {
        Headers written = sender.headers(SENT_AT, Optional.of("7"));
        Headers usual =
                new Headers()
                        .put(MessageHeaders.CLIENT, "worker-1")
                        .put(MessageHeaders.GATEWAY, "gateway-a")
                        .put(MessageHeaders.SENT_AT, Long.toString(SENT_AT))
                        .put(MessageHeaders.MESSAGE_ID, "7");

        assertThat(written.serializedLength()).isEqualTo(usual.serializedLength());
    }

    @ParameterizedTest
    @ValueSource(strings = {"7\r\nArtcafe-Client:other", "7\n", "\u00e9", "\u0000"})
    void anIdCannotBringHeadersOfItsOwn(String id) {
        assertThatThrownBy(() -> sender.headers(SENT_AT, Optional.of(id)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Nats-Msg-Id");
    }

    private static String text(Headers headers) {
        byte[] wire = new byte[headers.serializedLength()];
        assertThat(headers.serializeToArray(0, wire)).isEqualTo(wire.length);
        assertThat(headers.getSerialized()).isEqualTo(wire);
        return new String(wire, StandardCharsets.ISO_8859_1);
    }
}
