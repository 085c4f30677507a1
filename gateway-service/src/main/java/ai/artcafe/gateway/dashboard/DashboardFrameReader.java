package ai.artcafe.gateway.dashboard;

import ai.artcafe.gateway.dashboard.DashboardFrame.Invalid;
import ai.artcafe.gateway.frame.JsonText;
import ai.artcafe.model.identity.ChannelId;
import ai.artcafe.model.problem.ErrorCode;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BiFunction;

/** Reads what dashboards say. Thread-safe. */
final class DashboardFrameReader {

    private static final int MAX_DEPTH = 20;
    private static final int MAX_ID = 128;
    private static final String EVERYTHING = ">";

    private final int maxPreviewsPerSecond;
    private final JsonMapper json =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxNestingDepth(MAX_DEPTH)
                                                    .build())
                                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                                    .build())
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    DashboardFrameReader(int maxPreviewsPerSecond) {
        this.maxPreviewsPerSecond = maxPreviewsPerSecond;
    }

    DashboardFrame read(byte[] text) {
        if (!JsonText.isUtf8(text)) {
            return notJson();
        }
        try {
            JsonNode frame = json.readTree(text);
            return frame.isObject() ? read(frame) : notJson();
        } catch (IOException _) {
            return notJson();
        }
    }

    private DashboardFrame read(JsonNode frame) {
        JsonNode given = frame.path("id");
        if (!given.isMissingNode() && !isId(given)) {
            return new Invalid(
                    ErrorCode.INVALID_REQUEST,
                    "id must be 1 to 128 printable ASCII characters",
                    Optional.empty());
        }
        Optional<String> id = text(frame, "id");
        return switch (frame.path("type").asText()) {
            case "subscribe_channel" -> channel(frame, id, DashboardFrame.SubscribeChannel::new);
            case "unsubscribe_channel" ->
                    channel(frame, id, DashboardFrame.UnsubscribeChannel::new);
            case "subscribe_topic_preview" -> preview(frame, id);
            case "unsubscribe_topic_preview" -> new DashboardFrame.UnsubscribePreview(id);
            case "subscribe_metrics" -> new DashboardFrame.SubscribeMetrics(id);
            case "unsubscribe_metrics" -> new DashboardFrame.UnsubscribeMetrics(id);
            case "refresh" ->
                    text(frame, "token")
                            .<DashboardFrame>map(token -> new DashboardFrame.Refresh(token, id))
                            .orElseGet(() -> invalid("token must be a text", id));
            case "ping" -> new DashboardFrame.Ping(id);
            default ->
                    new Invalid(
                            ErrorCode.UNKNOWN_TYPE,
                            "type must be one of subscribe_channel, unsubscribe_channel,"
                                    + " subscribe_topic_preview, unsubscribe_topic_preview,"
                                    + " subscribe_metrics, unsubscribe_metrics, refresh, ping",
                            id);
        };
    }

    private static DashboardFrame channel(
            JsonNode frame,
            Optional<String> id,
            BiFunction<ChannelId, Optional<String>, DashboardFrame> make) {
        return text(frame, "channel")
                .flatMap(ChannelId::parse)
                .map(channel -> make.apply(channel, id))
                .orElseGet(() -> invalid("channel must be the id of a channel", id));
    }

    private DashboardFrame preview(JsonNode frame, Optional<String> id) {
        JsonNode pattern = frame.path("pattern");
        if (!isAbsent(pattern) && !pattern.isTextual()) {
            return invalid("pattern must be a text", id);
        }
        String subject = isAbsent(pattern) ? EVERYTHING : pattern.textValue();
        JsonNode rate = frame.path("max_per_second");
        if (isAbsent(rate)) {
            return new DashboardFrame.SubscribePreview(subject, OptionalInt.empty(), id);
        }
        if (!rate.canConvertToExactIntegral()
                || !rate.canConvertToInt()
                || rate.intValue() < 1
                || rate.intValue() > maxPreviewsPerSecond) {
            return invalid("max_per_second must be 1 to " + maxPreviewsPerSecond, id);
        }
        return new DashboardFrame.SubscribePreview(subject, OptionalInt.of(rate.intValue()), id);
    }

    private static boolean isAbsent(JsonNode value) {
        return value.isMissingNode() || value.isNull();
    }

    private static Optional<String> text(JsonNode frame, String member) {
        return Optional.of(frame.path(member)).filter(JsonNode::isTextual).map(JsonNode::textValue);
    }

    private static boolean isId(JsonNode id) {
        return id.isTextual()
                && !id.textValue().isEmpty()
                && id.textValue().length() <= MAX_ID
                && id.textValue().chars().allMatch(c -> c >= ' ' && c <= '~');
    }

    private static Invalid invalid(String detail, Optional<String> id) {
        return new Invalid(ErrorCode.INVALID_REQUEST, detail, id);
    }

    private static Invalid notJson() {
        return new Invalid(
                ErrorCode.INVALID_JSON, "a frame must be one JSON object", Optional.empty());
    }
}
