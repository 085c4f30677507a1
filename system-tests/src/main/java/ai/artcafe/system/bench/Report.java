package ai.artcafe.system.bench;

import ai.artcafe.system.bench.Comparison.Result;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The results as a table for people and as JSON for machines. */
final class Report {

    private static final String ROW = "%-34s %-34s %14s %8s %12s %8s%n";

    private Report() {}

    static String table(List<Result> results) {
        StringBuilder table = new StringBuilder();
        table.append(
                String.format(
                        ROW, "comparison", "contender", "messages/s", "ratio", "CPU s/M", "ratio"));
        for (Result result : results) {
            table.append(
                    String.format(
                            ROW,
                            result.title(),
                            result.contender(),
                            String.format("%,.0f", result.messagesPerSecond()),
                            String.format("%.2f", result.throughputRatio()),
                            String.format("%.3f", result.cpuSecondsPerMillion()),
                            String.format("%.2f", result.cpuRatio())));
        }
        return table.toString();
    }

    static void writeJson(List<Result> results, Path file) throws IOException {
        ObjectMapper json = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
        ArrayNode rows = json.createArrayNode();
        for (Result result : results) {
            ObjectNode row = rows.addObject();
            row.put("comparison", result.title());
            row.put("contender", result.contender());
            row.put("messages_per_second", result.messagesPerSecond());
            row.put("throughput_ratio", result.throughputRatio());
            row.put("cpu_seconds_per_million", result.cpuSecondsPerMillion());
            row.put("cpu_ratio", result.cpuRatio());
            ArrayNode samples = row.putArray("samples");
            for (Sample sample : result.samples()) {
                ObjectNode node = samples.addObject();
                node.put("messages", sample.messages());
                node.put("wall_ms", sample.wall().toMillis());
                node.put("cpu_ms", sample.cpu().toMillis());
            }
        }
        json.writeValue(file.toFile(), rows);
    }
}
