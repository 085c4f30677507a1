package ai.artcafe.gateway.socket;

import ai.artcafe.gateway.frame.JsonText;
import ai.artcafe.gateway.socket.ClientFrame.Refused;
import ai.artcafe.gateway.socket.ClientFrame.Target;
import ai.artcafe.model.identity.ChannelId;
import ai.artcafe.model.problem.ErrorCode;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads a text frame; whatever its bytes are, the result is a frame, and nothing is thrown. */
final class FrameReader {

    private static final int MAX_ID = 128;
    private static final byte[] NO_DATA = {};

    private final JsonText json;
    private final long defaultRequestTimeoutMs;
    private final long maxRequestTimeoutMs;

    /**
     * @param defaultRequestTimeoutMs for a request that does not name a timeout
     * @param maxRequestTimeoutMs the longest that may be asked for
     */
    FrameReader(JsonText json, long defaultRequestTimeoutMs, long maxRequestTimeoutMs) {
        this.json = json;
        this.defaultRequestTimeoutMs = defaultRequestTimeoutMs;
        this.maxRequestTimeoutMs = maxRequestTimeoutMs;
    }

    ClientFrame read(byte[] frame) {
        if (!JsonText.isUtf8(frame)) {
            return refused(ErrorCode.INVALID_JSON, "the frame is not valid UTF-8");
        }
        Fields fields = new Fields();
        try (JsonParser parser = json.parser(frame)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                parser.skipChildren();
                return refused(ErrorCode.INVALID_JSON, "a frame must be one JSON object");
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                fields.read(parser, frame);
            }
            if (parser.nextToken() != null) {
                return refused(ErrorCode.INVALID_JSON, "a frame must be one JSON object");
            }
            return frame(fields, frame);
        } catch (StreamConstraintsException _) {
            return fields.refused(
                    ErrorCode.INVALID_REQUEST, "the JSON is nested too deeply or holds too much");
        } catch (IOException _) {
            return refused(ErrorCode.INVALID_JSON, "the frame is not valid JSON");
        }
    }

    private ClientFrame frame(Fields fields, byte[] frame) {
        if (!fields.fault.isEmpty()) {
            return fields.refused(ErrorCode.INVALID_REQUEST, fields.fault);
        }
        return switch (fields.type) {
            case "publish" -> publish(fields);
            case "request" -> request(fields);
            case "subscribe" ->
                    target(fields)
                            .<ClientFrame>map(to -> new ClientFrame.Subscribe(to, fields.id()))
                            .orElseGet(fields::refusedTarget);
            case "unsubscribe" ->
                    target(fields)
                            .<ClientFrame>map(to -> new ClientFrame.Unsubscribe(to, fields.id()))
                            .orElseGet(fields::refusedTarget);
            case "heartbeat" -> new ClientFrame.Heartbeat(frame);
            case "presence" -> new ClientFrame.Presence(fields.id(), frame);
            case "usage" -> new ClientFrame.Usage(fields.id());
            case "ping" -> new ClientFrame.Ping(fields.id());
            case "" -> fields.refused(ErrorCode.UNKNOWN_TYPE, "type is missing");
            default ->
                    fields.refused(
                            ErrorCode.UNKNOWN_TYPE,
                            "type must be publish, request, subscribe, unsubscribe, heartbeat,"
                                    + " presence, usage or ping");
        };
    }

    private ClientFrame publish(Fields fields) {
        Optional<Target> target = target(fields);
        if (target.isEmpty()) {
            return fields.refusedTarget();
        }
        if (!fields.hasData()) {
            return fields.refused(ErrorCode.INVALID_REQUEST, "data is missing");
        }
        if (fields.replyTimeoutMs < 0 || fields.replyTimeoutMs > maxRequestTimeoutMs) {
            return fields.refused(
                    ErrorCode.INVALID_REQUEST,
                    "reply_timeout_ms must be 0 to " + maxRequestTimeoutMs);
        }
        if (fields.replyTimeoutMs > 0 && fields.id == null) {
            return fields.refused(
                    ErrorCode.INVALID_REQUEST, "a publish with reply_timeout_ms needs an id");
        }
        return new ClientFrame.Publish(
                target.get().subject(), fields.data, fields.id(), fields.replyTimeoutMs);
    }

    private ClientFrame request(Fields fields) {
        Optional<Target> target = target(fields);
        if (target.isEmpty()) {
            return fields.refusedTarget();
        }
        if (!fields.hasData()) {
            return fields.refused(ErrorCode.INVALID_REQUEST, "data is missing");
        }
        long timeout = fields.timeoutMs == 0 ? defaultRequestTimeoutMs : fields.timeoutMs;
        if (timeout < 1 || timeout > maxRequestTimeoutMs) {
            return fields.refused(
                    ErrorCode.INVALID_REQUEST, "timeout_ms must be 1 to " + maxRequestTimeoutMs);
        }
        return new ClientFrame.Request(target.get().subject(), fields.data, fields.id(), timeout);
    }

    /** The target, or empty when there is none, two, or one with an invalid channel. */
    private static Optional<Target> target(Fields fields) {
        String subject = fields.subject;
        String channel = fields.channel;
        if (subject != null && channel == null) {
            return Optional.of(new Target("subject", subject, subject));
        }
        if (channel != null && subject == null) {
            return ChannelId.parse(channel)
                    .map(_ -> new Target("channel", channel, "channel." + channel));
        }
        return Optional.empty();
    }

    private static Refused refused(ErrorCode code, String detail) {
        return new Refused(code, detail, Optional.empty());
    }

    /** The frame's members as they are met; the first fault is kept. */
    private static final class Fields {

        private String type = "";
        private String fault = "";
        private byte[] data = NO_DATA;
        private @Nullable String id;
        private @Nullable String subject;
        private @Nullable String channel;
        private long timeoutMs;
        private long replyTimeoutMs;
        private int seen;

        void read(JsonParser parser, byte[] frame) throws IOException {
            String name = parser.currentName();
            JsonToken token = parser.nextToken();
            switch (name) {
                case "type" -> {
                    once(1, name);
                    type = text(parser, token, name);
                }
                case "id" -> {
                    once(2, name);
                    String text = text(parser, token, name);
                    if (isId(text)) {
                        id = text;
                    } else if (fault.isEmpty()) {
                        fault = "id must be 1 to " + MAX_ID + " printable ASCII characters";
                    }
                }
                case "subject" -> {
                    once(4, name);
                    subject = text(parser, token, name);
                }
                case "channel" -> {
                    once(8, name);
                    channel = text(parser, token, name);
                }
                case "data" -> {
                    once(16, name);
                    data = data(parser, token, frame);
                }
                case "timeout_ms" -> {
                    once(32, name);
                    timeoutMs = number(parser, token, name);
                }
                case "reply_timeout_ms" -> {
                    once(64, name);
                    replyTimeoutMs = number(parser, token, name);
                }
                default -> parser.skipChildren();
            }
        }

        /** A string is not decoded: the parser checks it on its way to the next token. */
        private static byte[] data(JsonParser parser, JsonToken token, byte[] frame)
                throws IOException {
            int from = (int) parser.currentTokenLocation().getByteOffset();
            if (token == JsonToken.VALUE_STRING) {
                return Arrays.copyOfRange(frame, from, JsonText.endOfString(frame, from));
            }
            parser.skipChildren();
            int to = (int) parser.currentLocation().getByteOffset();
            return JsonText.withoutWhiteSpace(frame, from, to);
        }

        private void once(int bit, String name) {
            if ((seen & bit) != 0 && fault.isEmpty()) {
                fault = name + " must not be given twice";
            }
            seen |= bit;
        }

        private String text(JsonParser parser, JsonToken token, String name) throws IOException {
            if (token == JsonToken.VALUE_STRING) {
                return parser.getText();
            }
            parser.skipChildren();
            if (fault.isEmpty()) {
                fault = name + " must be a string";
            }
            return "";
        }

        private long number(JsonParser parser, JsonToken token, String name) throws IOException {
            if (token == JsonToken.VALUE_NUMBER_INT
                    && parser.getNumberType() == JsonParser.NumberType.INT) {
                return parser.getIntValue();
            }
            parser.skipChildren();
            if (fault.isEmpty()) {
                fault = name + " must be a whole number of milliseconds";
            }
            return 0;
        }

        private static boolean isId(String text) {
            if (text.isEmpty() || text.length() > MAX_ID) {
                return false;
            }
            for (int i = 0; i < text.length(); i++) {
                if (text.charAt(i) <= ' ' || text.charAt(i) > '~') {
                    return false;
                }
            }
            return true;
        }

        boolean hasData() {
            return (seen & 16) != 0;
        }

        Optional<String> id() {
            return Optional.ofNullable(id);
        }

        Refused refused(ErrorCode code, String detail) {
            return new Refused(code, detail, id());
        }

        Refused refusedTarget() {
            if (subject == null && channel == null) {
                return refused(ErrorCode.INVALID_REQUEST, "subject or channel is missing");
            }
            if (subject != null && channel != null) {
                return refused(ErrorCode.INVALID_REQUEST, "give either subject or channel");
            }
            return refused(
                    ErrorCode.INVALID_REQUEST,
                    "channel must be 1 to 63 of a-z, 0-9 and '-', not starting with '-'");
        }
    }
}
