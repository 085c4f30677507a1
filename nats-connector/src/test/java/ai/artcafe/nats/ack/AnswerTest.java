package ai.artcafe.nats.ack;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerTest {

    @ParameterizedTest
    @EnumSource
    void everyAnswerIsReadAsItIsWritten(Answer answer) {
        assertThat(Answer.read(answer.payload())).contains(answer);
    }

    @Test
    void aDetailMayFollow() {
        assertThat(read("-NAK {\"delay\": 1000}")).contains(Answer.NAK);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "+", "+AC", "+ACKNOWLEDGED", "+WPI", "ok"})
    void anythingElseIsNoAnswer(String payload) {
        assertThat(read(payload)).isEmpty();
    }

    private static java.util.Optional<Answer> read(String text) {
        return Answer.read(text.getBytes(StandardCharsets.US_ASCII));
    }
}
