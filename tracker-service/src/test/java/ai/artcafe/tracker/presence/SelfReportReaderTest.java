package ai.artcafe.tracker.presence;

import static org.assertj.core.api.Assertions.assertThat;

import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.presence.PresenceStatus;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SelfReportReaderTest {

    private static final TenantId ACME = new TenantId("acme");
    private static final AgentId A1 = new AgentId("a1");
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

    private final List<Ignored> ignored = new ArrayList<>();
    private final SelfReportReader reader = new SelfReportReader(3, ignored::add);

    @Test
    void takes_status_version_and_numbers() {
        SelfReport report =
                read(
                        """
                        {"status":"Degraded","version":"1.4.2","client_id":"a1","tenant_id":"acme",
                         "metrics":{"cpu":0.5,"queue.depth":12,"note":"text"},"else":[{"x":1}]}
                        """);

        assertThat(report.status()).hasValue(PresenceStatus.DEGRADED);
        assertThat(report.version()).hasValue("1.4.2");
        assertThat(report.metrics()).isEqualTo(Map.of("cpu", 0.5, "queue.depth", 12.0));
        assertThat(ignored).isEmpty();
    }

    @Test
    void the_worse_of_status_and_health_counts() {
        assertThat(read("{\"status\":\"online\",\"health\":\"critical\"}").status())
                .hasValue(PresenceStatus.UNHEALTHY);
        assertThat(read("{\"health\":false,\"status\":\"online\"}").status())
                .hasValue(PresenceStatus.UNHEALTHY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"offline", "left", "<script>", ""})
    void nobody_says_of_itself_that_it_is_gone_or_what_is_not_known(String status) {
        assertThat(read("{\"status\":\"" + status + "\"}").status()).isEmpty();
        assertThat(ignored).containsExactly(Ignored.UNKNOWN_STATUS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"client_id\":\"a2\",\"status\":\"error\",\"metrics\":{\"x\":1}}",
                "{\"status\":\"error\",\"agent_id\":\"a2\"}",
                "{\"status\":\"error\",\"tenant_id\":\"other\"}",
                "{\"status\":\"error\",\"tenant_id\":7}",
                "{\"status\":\"error\",\"agent_id\":{\"id\":\"a1\"}}"
            })
    void what_names_another_agent_or_tenant_is_left_out(String payload) {
        SelfReport report = read(payload);

        assertThat(report.status()).isEmpty();
        assertThat(report.metrics()).isEmpty();
        assertThat(ignored).containsExactly(Ignored.WRONG_ID);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"timestamp\":\"2030-01-01T00:00:00Z\",\"status\":\"ok\"}",
                "{\"timestamp\":1900000000000,\"status\":\"ok\"}",
                "{\"ts\":1900000000,\"status\":\"ok\"}",
                "{\"time\":1e999,\"status\":\"ok\"}"
            })
    void future_timestamps_are_counted_and_change_nothing(String payload) {
        assertThat(read(payload).status()).hasValue(PresenceStatus.ONLINE);
        assertThat(ignored).containsExactly(Ignored.FUTURE_TIMESTAMP);
    }

    @Test
    void a_timestamp_of_now_or_before_is_nothing_special() {
        read("{\"timestamp\":" + NOW.toEpochMilli() + ",\"ts\":\"2020-01-01T00:00:00Z\"}");
        read("{\"timestamp\":\"yesterday\"}");

        assertThat(ignored).isEmpty();
    }

    @Test
    void metrics_are_finite_well_named_and_few() {
        SelfReport report =
                read(
                        "{\"metrics\":{\"nan\":NaN,\"inf\":Infinity,\"big\":1e999,\"a b\":1,"
                                + "\"\":2,\"one\":1,\"two\":-2.5e-3,\"three\":3,\"four\":4}}");

        assertThat(report.metrics()).isEqualTo(Map.of("one", 1.0, "two", -0.0025, "three", 3.0));
        assertThat(ignored)
                .containsExactly(
                        Ignored.BAD_METRIC,
                        Ignored.BAD_METRIC,
                        Ignored.BAD_METRIC,
                        Ignored.BAD_METRIC,
                        Ignored.BAD_METRIC,
                        Ignored.TOO_MANY_METRICS);
    }

    @Test
    void metrics_that_are_no_numbers_are_no_metrics() {
        assertThat(read("{\"metrics\":{\"x\":{\"y\":1},\"z\":[1,2],\"t\":true}}").metrics())
                .isEmpty();
        assertThat(read("{\"metrics\":[1,2,3]}").metrics()).isEmpty();
        assertThat(ignored).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "not json~NOT_JSON",
                "[1,2]~NOT_JSON",
                "7~NOT_JSON",
                "{\"status\":\"error\"~NOT_JSON",
                "{\"status\":\"error\"} {}~NOT_JSON"
            })
    void what_is_no_object_says_nothing(String payload, Ignored reason) {
        assertThat(read(payload)).isEqualTo(SelfReport.NOTHING);
        assertThat(ignored).containsExactly(reason);
    }

    @Test
    void deep_nesting_and_long_names_or_numbers_say_nothing() {
        assertThat(read("{\"status\":\"error\",\"x\":" + "[".repeat(5000) + "]".repeat(5000) + "}"))
                .isEqualTo(SelfReport.NOTHING);
        assertThat(read("{\"" + "n".repeat(5000) + "\":1}")).isEqualTo(SelfReport.NOTHING);
        assertThat(read("{\"metrics\":{\"x\":" + "9".repeat(5000) + "}}"))
                .isEqualTo(SelfReport.NOTHING);
        assertThat(ignored).containsOnly(Ignored.TOO_COMPLEX).hasSize(3);
    }

    @Test
    void a_version_is_short_and_printable() {
        assertThat(read("{\"version\":\"" + "1".repeat(65) + "\"}").version()).isEmpty();
        assertThat(read("{\"version\":\"1\\u0000\"}").version()).isEmpty();
        assertThat(read("{\"version\":{\"v\":1}}").version()).isEmpty();
        assertThat(ignored).containsOnly(Ignored.BAD_VERSION).hasSize(3);
    }

    @Test
    void no_bytes_make_it_fail() {
        Random random = new Random(4);
        byte[] seed =
                "{\"status\":\"ok\",\"metrics\":{\"a\":1.5,\"b\":NaN},\"timestamp\":\"x\",\"v\":[]}"
                        .getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = seed.clone();
            for (int flips = random.nextInt(6); flips >= 0; flips--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            assertThat(reader.read(bytes, ACME, A1, NOW).metrics()).hasSizeLessThanOrEqualTo(3);
        }
        assertThat(reader.read(new byte[0], ACME, A1, NOW)).isEqualTo(SelfReport.NOTHING);
    }

    private SelfReport read(String payload) {
        return reader.read(payload.getBytes(StandardCharsets.UTF_8), ACME, A1, NOW);
    }
}
