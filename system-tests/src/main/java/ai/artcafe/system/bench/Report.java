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

    private static final String FIGURE = "%-50s %-32s %10s %-12s %8s %8s%n";

    private Report() {}

    /** Empty when there is none. */
    static String table(List<Result> results) {
        if (results.isEmpty()) {
            return "";
        }
        StringBuilder table = new StringBuilder();
        table.append(
                String.format(
                        ROW, "comparison", "contender", "a second", "ratio", "CPU s/M", "ratio"));
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

    /** Empty when there is none. */
    static String figures(List<Figure> figures) {
        if (figures.isEmpty()) {
            return "";
        }
        StringBuilder table = new StringBuilder();
        table.append(String.format(FIGURE, "measured", "figure", "value", "unit", "goal", "ratio"));
        for (Figure figure : figures) {
            table.append(
                    String.format(
                            FIGURE,
                            figure.title(),
                            figure.name(),
                            String.format("%,.1f", figure.value()),
                            figure.unit(),
                            figure.goal().map(goal -> String.format("%,.0f", goal)).orElse(""),
                            figure.ratio().map(ratio -> String.format("%.2f", ratio)).orElse("")));
        }
        return table.toString();
    }

    static void writeJson(List<Result> results, List<Figure> figures, Path file)
            throws IOException {
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
        for (Figure figure : figures) {
            ObjectNode row = rows.addObject();
            row.put("measured", figure.title());
            row.put("figure", figure.name());
            row.put("value", figure.value());
            row.put("unit", figure.unit());
            figure.goal().ifPresent(goal -> row.put("goal", goal));
            figure.ratio().ifPresent(ratio -> row.put("ratio", ratio));
        }
        json.writeValue(file.toFile(), rows);
    }
}
