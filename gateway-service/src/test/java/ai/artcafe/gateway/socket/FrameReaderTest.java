package ai.artcafe.gateway.socket;

import static org.assertj.core.api.Assertions.assertThat;

import ai.artcafe.gateway.frame.JsonText;
import ai.artcafe.gateway.socket.ClientFrame.Target;
import ai.artcafe.model.problem.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameReaderTest {

    private final FrameReader reader = new FrameReader(new JsonText(100), 5000, 60_000);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"publish\",\"subject\":\"a.b\",\"data\": { \"x\" : [1 , 2.50] },\"id\":\"7\"}",
                "{\"data\":\t{ \"x\" : [1 , 2.50] }  ,\"id\":\"7\",\"subject\":\"a.b\",\"type\":\"publish\"}",
                "{\"type\":\"publish\",\"future\":{\"data\":1},\"subject\":\"a.b\",\"id\":\"7\","
                        + "\"data\":{\"x\":[1,2.50]}}"
            })
    void membersComeInAnyOrderAndDataIsCompacted(String frame) {
        assertThat(read(frame))
                .isInstanceOfSatisfying(
                        ClientFrame.Publish.class,
                        publish -> {
                            assertThat(publish.subject()).isEqualTo("a.b");
                            assertThat(publish.id()).contains("7");
                            assertThat(new String(publish.data(), StandardCharsets.UTF_8))
                                    .isEqualTo("{\"x\":[1,2.50]}");
                        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1",
                "-0.0",
                "1e5",
                "null",
                "true",
                "false",
                "\"\"",
                "\"a\\\"}\"",
                "[]",
                "{}"
            })
    void dataIsAnyJsonVerbatim(String data) {
        for (String end : new String[] {"}", " }", ",\"subject\":\"a\"}"}) {
            String subject = end.contains("subject") ? "" : "\"subject\":\"a\",";
            assertThat(read("{\"type\":\"publish\"," + subject + "\"data\":" + data + end))
                    .isInstanceOfSatisfying(
                            ClientFrame.Publish.class,
                            publish ->
                                    assertThat(new String(publish.data(), StandardCharsets.UTF_8))
                                            .isEqualTo(data));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"a",
                "\"a\\",
                "\"a\\\"",
                "\"\\x\"",
                "\"\\u12g4\"",
                "\"a\nb\"",
                "\"a\"b",
                "\"a\" \"b\"",
                "'a'"
            })
    void aStringThatIsNoneIsNotTaken(String data) {
        for (String end : new String[] {"}", ",\"id\":\"7\"}", ""}) {
            assertThat(read("{\"type\":\"publish\",\"subject\":\"a\",\"data\":" + data + end))
                    .isInstanceOfSatisfying(
                            ClientFrame.Refused.class,
                            refused ->
                                    assertThat(refused.code()).isEqualTo(ErrorCode.INVALID_JSON));
        }
    }

    @Test
    void aChannelStandsForItsSubject() {
        assertThat(read("{\"type\":\"subscribe\",\"channel\":\"news\"}"))
                .isEqualTo(
                        new ClientFrame.Subscribe(
                                new Target("channel", "news", "channel.news"), Optional.empty()));
    }

    @Test
    void aRefusalCarriesTheIdThatTheFrameHad() {
        assertThat(read("{\"id\":\"7\",\"type\":\"publish\",\"subject\":\"a\"}"))
                .isEqualTo(
                        new ClientFrame.Refused(
                                ErrorCode.INVALID_REQUEST, "data is missing", Optional.of("7")));
    }

    @Test
    void utf16IsNotJson() {
        assertThat(reader.read("{\"type\":\"ping\"}".getBytes(StandardCharsets.UTF_16LE)))
                .isInstanceOf(ClientFrame.Refused.class);
    }

    @Property
    void whateverTheBytesNothingIsThrown(@ForAll byte[] bytes) {
        assertThat(reader.read(bytes)).isInstanceOf(ClientFrame.Refused.class);
    }

    private ClientFrame read(String frame) {
        return reader.read(frame.getBytes(StandardCharsets.UTF_8));
    }
}
