package ai.artcafe.metrics.usage.export;

import ai.artcafe.model.usage.Traffic;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/**
 * Writes rows as bytes; the same rows are always the same bytes.
 *
 * <p>A cell of CSV that a spreadsheet would take for a formula, as it begins with one of {@code = +
 * - @}, a tab or a carriage return, is written with an apostrophe before it, which makes it text;
 * numbers stay as they are.
 */
@ApplicationScoped
class RowWriter {

    private static final CSVFormat CSV = CSVFormat.RFC4180;
    private static final String FORMULA = "=+-@\t\r";
    private static final char TEXT = '\'';

    private static final List<String> HEADER =
            List.of(
                    "from",
                    "to",
                    "granularity",
                    "settled",
                    "tenant_id",
                    "agent_id",
                    "published_messages",
                    "published_bytes",
                    "delivered_messages",
                    "delivered_bytes",
                    "control_messages",
                    "control_bytes",
                    "adjustment_messages",
                    "adjustment_bytes",
                    "connections");

    private final ObjectWriter json;

    RowWriter(ObjectMapper json) {
        this.json = json.writerFor(UsageRow.class);
    }

    /** What a file begins with. */
    byte[] beginning(ExportFormat format) {
        return switch (format) {
            case CSV -> csv(List.of(HEADER));
            case NDJSON -> new byte[0];
        };
    }

    byte[] bytes(ExportFormat format, List<UsageRow> rows) {
        return switch (format) {
            case CSV -> csv(rows.stream().map(this::cells).toList());
            case NDJSON -> ndjson(rows);
        };
    }

    /** A cell that is text wherever it is opened. */
    static String inert(String cell) {
        return !cell.isEmpty() && FORMULA.indexOf(cell.charAt(0)) >= 0 ? TEXT + cell : cell;
    }

    private List<Object> cells(UsageRow row) {
        List<Object> cells = new ArrayList<>(HEADER.size());
        cells.add(time(row.from()));
        cells.add(time(row.to()));
        cells.add(row.granularity());
        cells.add(row.settled());
        cells.add(inert(row.tenantId().value()));
        cells.add(row.agentId().map(agent -> inert(agent.value())).orElse(""));
        for (Traffic traffic :
                List.of(row.published(), row.delivered(), row.control(), row.adjustments())) {
            cells.add(traffic.messages());
            cells.add(traffic.bytes());
        }
        cells.add(row.connections());
        return cells;
    }

    /** Always on the hour, so to the second. */
    private static String time(Instant at) {
        return at.toString();
    }

    private static byte[] csv(List<? extends List<?>> lines) {
        StringBuilder text = new StringBuilder(lines.size() * 128);
        try (CSVPrinter printer = new CSVPrinter(text, CSV)) {
            printer.printRecords(lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private byte[] ndjson(List<UsageRow> rows) {
        StringBuilder text = new StringBuilder(rows.size() * 384);
        try {
            for (UsageRow row : rows) {
                text.append(json.writeValueAsString(row)).append('\n');
            }
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("not to be had as JSON", e);
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }
}
