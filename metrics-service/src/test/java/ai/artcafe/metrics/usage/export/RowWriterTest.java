package ai.artcafe.metrics.usage.export;

import static org.assertj.core.api.Assertions.assertThat;

import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.Attribution;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.usage.Traffic;
import ai.artcafe.runtime.json.JsonConventions;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RowWriterTest {

    private final RowWriter writer = new RowWriter(json());

    private static ObjectMapper json() {
        return JsonConventions.apply(new ObjectMapper().registerModule(new Jdk8Module()));
    }

    @Test
    void csvIsRfc4180WithAHeaderAndBareNumbers() {
        assertThat(text(ExportFormat.CSV, row(Optional.of(new AgentId("a-1")))))
                .isEqualTo(
                        """
                        from,to,granularity,settled,tenant_id,agent_id,published_messages,\
                        published_bytes,delivered_messages,delivered_bytes,control_messages,\
                        control_bytes,adjustment_messages,adjustment_bytes,connections\r
                        2026-11-20T00:00:00Z,2026-11-21T00:00:00Z,daily,true,t,a-1,\
                        5,500,10,1000,1,50,-2,-20,1\r
                        """);
    }

    @Test
    void ndjsonHasTheNamesOfTheApiAndNoHeader() {
        assertThat(text(ExportFormat.NDJSON, row(Optional.of(Attribution.UNATTRIBUTED))))
                .startsWith(
                        "{\"from\":\"2026-11-20T00:00:00.000Z\",\"to\":\"2026-11-21T00:00:00.000Z\","
                                + "\"granularity\":\"daily\",\"settled\":true,\"tenant_id\":\"t\","
                                + "\"agent_id\":\"@unattributed\",\"published\":")
                .contains("\"adjustments\":{\"messages\":-2,\"bytes\":-20}")
                .endsWith("}\n")
                .hasLineCount(1);
        assertThat(text(ExportFormat.NDJSON, row(Optional.empty()))).doesNotContain("agent_id");
    }

    @Test
    void whatIsNoAgentsIsNoFormulaEither() {
        assertThat(text(ExportFormat.CSV, row(Optional.of(Attribution.UNATTRIBUTED))))
                .contains(",t,'@unattributed,5,");
    }

    @ParameterizedTest
    @ValueSource(strings = {"=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"})
    void aCellThatASpreadsheetWouldCalculateIsMadeText(String cell) {
        assertThat(RowWriter.inert(cell)).isEqualTo("'" + cell);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a=1", "a-1", "7", "'=1"})
    void anyOtherCellStaysAsItIs(String cell) {
        assertThat(RowWriter.inert(cell)).isEqualTo(cell);
    }

    @Property
    void noCellBeginsAFormula(@ForAll String cell) {
        assertThat(RowWriter.inert(cell)).doesNotMatch("(?s)[=+@\\-\t\r].*");
    }

    private String text(ExportFormat format, UsageRow row) {
        return new String(writer.beginning(format), StandardCharsets.UTF_8)
                + new String(writer.bytes(format, List.of(row)), StandardCharsets.UTF_8);
    }

    private static UsageRow row(Optional<Attribution> agent) {
        return new UsageRow(
                Instant.parse("2026-11-20T00:00:00Z"),
                Instant.parse("2026-11-21T00:00:00Z"),
                "daily",
                true,
                new TenantId("t"),
                agent,
                new Traffic(5, 500),
                new Traffic(10, 1_000),
                new Traffic(1, 50),
                new Traffic(-2, -20),
                1);
    }
}
