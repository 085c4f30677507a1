package ai.artcafe.gateway.dashboard;

import ai.artcafe.gateway.broker.Delivery;
import ai.artcafe.gateway.frame.FrameText;
import ai.artcafe.gateway.frame.JsonText;
import ai.artcafe.gateway.frame.Rfc3339;
import ai.artcafe.gateway.quota.DayUsage;
import ai.artcafe.model.identity.ChannelId;
import ai.artcafe.model.problem.ErrorCode;
import ai.artcafe.runtime.access.TenantAccess;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.OptionalLong;

/** What the gateway says to dashboards. Thread-safe. */
final class DashboardFrames {

    private static final int SMALL = 96;
    private static final int LARGE = 512;
    private static final int MAX_DEPTH = 100;

    private final DashboardConfig config;
    private final String gateway;
    private final JsonText json = new JsonText(MAX_DEPTH);
    private final Rfc3339 times = new Rfc3339();

    DashboardFrames(DashboardConfig config, String gateway) {
        this.config = config;
        this.gateway = gateway;
    }

    byte[] welcome(String connectionId, TenantAccess access) {
        FrameText limits =
                FrameText.nested(LARGE)
                        .number("frame_bytes", config.frameBytes())
                        .number("frames_per_second", config.framesPerSecond())
                        .number("channels", config.channels())
                        .number("previews_per_second", config.previewsPerSecond())
                        .number("max_previews_per_second", config.maxPreviewsPerSecond())
                        .number("preview_bytes", config.previewBytes());
        return new FrameText("welcome", LARGE)
                .text("connection_id", connectionId)
                .text("server_id", gateway)
                .text("tenant_id", access.tenant().value())
                .text("user_id", access.user().id())
                .text("role", access.role().id())
                .text("expires_at", times.format(access.user().expiresAt().toEpochMilli()))
                .json("limits", limits.end())
                .end();
    }

    byte[] refreshed(TenantAccess access, Optional<String> id) {
        return ended(
                new FrameText("refreshed", SMALL)
                        .text("expires_at", times.format(access.user().expiresAt().toEpochMilli())),
                id);
    }

    byte[] pong(Optional<String> id) {
        return ended(new FrameText("pong", SMALL), id);
    }

    /**
     * @param type {@code subscribed} or {@code unsubscribed}
     */
    byte[] channel(String type, ChannelId channel, Optional<String> id) {
        return ended(new FrameText(type, SMALL).text("channel", channel.value()), id);
    }

    byte[] preview(String pattern, int maxPerSecond, Optional<String> id) {
        return ended(
                new FrameText("subscribed", SMALL + pattern.length())
                        .text("stream", "topic_preview")
                        .text("pattern", pattern)
                        .number("max_per_second", maxPerSecond),
                id);
    }

    /**
     * @param type {@code subscribed} or {@code unsubscribed}
     * @param stream {@code topic_preview} or {@code metrics}
     */
    byte[] stream(String type, String stream, Optional<String> id) {
        return ended(new FrameText(type, SMALL).text("stream", stream), id);
    }

    /**
     * @param retryAfterMs when to try again, 0 when that would not help
     */
    byte[] error(ErrorCode code, String detail, Optional<String> id, long retryAfterMs) {
        FrameText frame =
                new FrameText("error", SMALL + detail.length())
                        .text("code", code.code())
                        .text("message", detail);
        if (retryAfterMs > 0) {
            frame.number("retry_after_ms", retryAfterMs);
        }
        return ended(frame, id);
    }

    /** A message of a channel, whole. */
    byte[] channelMessage(ChannelId channel, Delivery delivery) {
        FrameText frame =
                new FrameText("channel_message", LARGE + delivery.data().length)
                        .text("channel", channel.value())
                        .text("subject", delivery.subject());
        route(frame, delivery);
        Optional<byte[]> compact = json.compact(delivery.data());
        if (compact.isPresent()) {
            frame.json("data", compact.get());
        } else {
            frame.text("data_base64", Base64.getEncoder().encodeToString(delivery.data()));
        }
        return frame.end();
    }

    byte[] channelStats(Tally tally) {
        return new FrameText("channel_stats", SMALL)
                .number("delivered", tally.delivered())
                .number("dropped", tally.dropped())
                .end();
    }

    /** A message that passed by, with what its way tells and the beginning of what it says. */
    byte[] preview(Delivery delivery) {
        FrameText frame =
                new FrameText("preview", LARGE + Math.min(delivery.data().length, LARGE))
                        .text("subject", delivery.subject());
        route(frame, delivery);
        boolean truncated = delivery.data().length > config.previewBytes();
        if (truncated) {
            beginning(frame, delivery.data());
        } else {
            Optional<byte[]> compact = json.compact(delivery.data());
            if (compact.isPresent()) {
                frame.json("data", compact.get());
            } else {
                frame.text("data_base64", Base64.getEncoder().encodeToString(delivery.data()));
            }
        }
        return frame.json("truncated", Boolean.toString(truncated)).end();
    }

    private void route(FrameText frame, Delivery delivery) {
        frame.text("timestamp", times.format(delivery.sentAt()))
                .number("size", delivery.data().length);
        delivery.from().ifPresent(from -> frame.text("from", from));
        delivery.gateway().ifPresent(through -> frame.text("gateway", through));
        delivery.latencyMs().ifPresent(latency -> frame.number("latency_ms", latency));
        delivery.replyTo().ifPresent(reply -> frame.text("reply", reply));
    }

    /** As text up to a whole character where it is text, else as the bytes. */
    private void beginning(FrameText frame, byte[] data) {
        byte[] start = Arrays.copyOf(data, config.previewBytes());
        CharBuffer text = CharBuffer.allocate(start.length);
        boolean isText =
                !StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .decode(ByteBuffer.wrap(start), text, false)
                        .isError();
        if (isText) {
            frame.text("text", text.flip().toString());
        } else {
            frame.text("data_base64", Base64.getEncoder().encodeToString(start));
        }
    }

    byte[] previewStats(Tally tally) {
        return new FrameText("preview_stats", SMALL)
                .number("delivered", tally.delivered())
                .number("suppressed", tally.suppressed())
                .number("dropped", tally.dropped())
                .end();
    }

    /**
     * @param type {@code preview_paused} or {@code preview_resumed}
     */
    byte[] previewBreak(String type, Tally tally) {
        return new FrameText(type, SMALL)
                .text("reason", ErrorCode.SLOW_CONSUMER.code())
                .number("delivered", tally.delivered())
                .number("suppressed", tally.suppressed())
                .number("dropped", tally.dropped())
                .end();
    }

    /** So many percent of the day's quota are reached. */
    byte[] usage(int percent, DayUsage usage) {
        return new FrameText("usage", LARGE)
                .number("level", percent)
                .json("messages_today", shown(usage.messages()))
                .json("limit", usage.isLimited() ? Long.toString(usage.limit()) : "null")
                .json("remaining", shown(usage.remaining()))
                .text("resets_at", times.format(usage.resetsAt().toEpochMilli()))
                .text("as_of", times.format(usage.asOf().toEpochMilli()))
                .json("stale", Boolean.toString(usage.stale()))
                .end();
    }

    private static String shown(OptionalLong number) {
        return number.isPresent() ? Long.toString(number.getAsLong()) : "null";
    }

    /**
     * @param picture the metrics service's own JSON; empty when none has ever come
     * @param stale whether it is the last known one, or was already where it came from
     * @param now epoch milliseconds
     */
    byte[] metrics(Optional<byte[]> picture, boolean stale, long now) {
        FrameText frame =
                new FrameText("metrics", SMALL + picture.map(data -> data.length).orElse(0))
                        .text("timestamp", times.format(now))
                        .json("stale", Boolean.toString(stale));
        return picture.map(data -> frame.json("data", data))
                .orElseGet(() -> frame.json("data", "null"))
                .end();
    }

    /** The text as compact JSON, or empty when it is none. */
    Optional<byte[]> checked(byte[] picture) {
        return json.compact(picture);
    }

    private static byte[] ended(FrameText frame, Optional<String> id) {
        id.ifPresent(text -> frame.text("id", text));
        return frame.end();
    }
}
