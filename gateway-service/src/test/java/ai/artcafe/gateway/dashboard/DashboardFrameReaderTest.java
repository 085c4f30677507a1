package ai.artcafe.gateway.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import ai.artcafe.gateway.dashboard.DashboardFrame.Invalid;
import ai.artcafe.model.identity.ChannelId;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DashboardFrameReaderTest {

    private final DashboardFrameReader reader = new DashboardFrameReader(200);

    @Test
    void readsWhatIsAsked() {
        assertThat(read("{'type':'subscribe_channel','channel':'news','id':'1'}"))
                .isEqualTo(
                        new DashboardFrame.SubscribeChannel(
                                new ChannelId("news"), Optional.of("1")));
        assertThat(read("{'type':'subscribe_topic_preview','pattern':null}"))
                .isEqualTo(
                        new DashboardFrame.SubscribePreview(
                                ">", OptionalInt.empty(), Optional.empty()));
        assertThat(read("{'type':'subscribe_topic_preview','pattern':'a.>','max_per_second':7}"))
                .isEqualTo(
                        new DashboardFrame.SubscribePreview(
                                "a.>", OptionalInt.of(7), Optional.empty()));
    }

    @Test
    void aTokenDoesNotShow() {
        assertThat(read("{'type':'refresh','token':'secret'}").toString()).doesNotContain("secret");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nonsense | invalid_json",
                "[] | invalid_json",
                "'' | invalid_json",
                "{'type':'ping'} {} | invalid_json",
                "{'type':'ping','type':'ping'} | invalid_json",
                "{} | unknown_type",
                "{'type':7} | unknown_type",
                "{'type':'publish','subject':'a','data':1} | unknown_type",
                "{'type':'ping','id':''} | invalid_request",
                "{'type':'ping','id':7} | invalid_request",
                "{'type':'ping','id':null} | invalid_request",
                "{'type':'ping','id':'\\u00e9'} | invalid_request",
                "{'type':'subscribe_channel'} | invalid_request",
                "{'type':'subscribe_channel','channel':'News'} | invalid_request",
                "{'type':'subscribe_channel','channel':'a.b'} | invalid_request",
                "{'type':'subscribe_channel','channel':'*'} | invalid_request",
                "{'type':'subscribe_topic_preview','pattern':7} | invalid_request",
                "{'type':'subscribe_topic_preview','max_per_second':0} | invalid_request",
                "{'type':'subscribe_topic_preview','max_per_second':201} | invalid_request",
                "{'type':'subscribe_topic_preview','max_per_second':1.5} | invalid_request",
                "{'type':'subscribe_topic_preview','max_per_second':'5'} | invalid_request",
                "{'type':'subscribe_topic_preview','max_per_second':1e99} | invalid_request",
                "{'type':'refresh'} | invalid_request",
                "{'type':'refresh','token':{}} | invalid_request",
            },
            quoteCharacter = '^')
    void tellsWhatIsWrong(String frame, String code) {
        assertThat(read(frame))
                .isInstanceOfSatisfying(
                        Invalid.class,
                        invalid -> assertThat(invalid.code().code()).isEqualTo(code));
    }

    @Test
    void deepFramesAndThoseThatAreNotUtf8AreNotRead() {
        assertThat(read("[".repeat(5000))).isInstanceOf(Invalid.class);
        assertThat(read("{'type':'ping','x':" + "[".repeat(30) + "]".repeat(30) + "}"))
                .isInstanceOf(Invalid.class);
        assertThat(reader.read(new byte[] {'"', (byte) 0xff, '"'})).isInstanceOf(Invalid.class);
    }

    private DashboardFrame read(String text) {
        return reader.read(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }
}
