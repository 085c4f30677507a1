package ai.artcafe.runtime.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.artcafe.model.identity.TenantId;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import com.fasterxml.jackson.module.paramnames.ParameterNamesModule;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JsonConventionsTest {

    record Sample(
            TenantId tenantId,
            Instant createdAt,
            Optional<String> absent,
            @JsonInclude(JsonInclude.Include.ALWAYS) Optional<Instant> unknown) {}

    private final ObjectMapper json =
            JsonConventions.apply(
                    new ObjectMapper()
                            .registerModules(
                                    new Jdk8Module(),
                                    new JavaTimeModule(),
                                    new ParameterNamesModule()));

    @Test
    void namesAreSnakeCaseTimesHaveMillisecondsAndWhatIsAbsentIsLeftOutUnlessAskedFor()
            throws JsonProcessingException {
        Sample sample =
                new Sample(
                        new TenantId("acme"),
                        Instant.parse("2026-11-21T03:00:00Z"),
                        Optional.empty(),
                        Optional.empty());

        assertThat(json.writeValueAsString(sample))
                .isEqualTo(
                        "{\"tenant_id\":\"acme\",\"created_at\":\"2026-11-21T03:00:00.000Z\","
                                + "\"unknown\":null}");
    }

    @Test
    void whatIsFinerThanAMillisecondIsCutOff() throws JsonProcessingException {
        assertThat(json.writeValueAsString(Instant.parse("2026-11-21T03:00:00.999999Z")))
                .isEqualTo("\"2026-11-21T03:00:00.999Z\"");
    }

    @Test
    void unknownFieldsAreIgnored() throws JsonProcessingException {
        Sample sample =
                json.readValue(
                        "{\"tenant_id\":\"acme\",\"created_at\":\"2026-11-21T03:00:00Z\",\"x\":1}",
                        Sample.class);

        assertThat(sample.tenantId()).isEqualTo(new TenantId("acme"));
        assertThat(sample.absent()).isEmpty();
    }

    @Test
    void textAfterTheDocumentIsRefused() {
        assertThatThrownBy(() -> json.readValue("\"acme\" x", TenantId.class))
                .isInstanceOf(JsonProcessingException.class);
    }
}
