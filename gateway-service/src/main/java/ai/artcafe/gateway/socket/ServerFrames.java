package ai.artcafe.gateway.socket;

import ai.artcafe.gateway.frame.FrameText;
import ai.artcafe.gateway.quota.DayUsage;
import ai.artcafe.gateway.socket.ClientFrame.Target;
import ai.artcafe.model.plan.PlanLimits;
import ai.artcafe.model.problem.ErrorCode;
import java.util.Optional;
import java.util.OptionalLong;

/** What the gateway says to agents, other than messages. */
final class ServerFrames {

    private static final int SMALL = 96;
    private static final int LARGE = 512;

    private ServerFrames() {}

    static byte[] ack(String id) {
        return new FrameText("ack", SMALL).text("id", id).end();
    }

    static byte[] pong(Optional<String> id) {
        FrameText frame = new FrameText("pong", SMALL);
        id.ifPresent(text -> frame.text("id", text));
        return frame.end();
    }

    static byte[] heartbeatAck(String time) {
        return new FrameText("heartbeat_ack", SMALL).text("timestamp", time).end();
    }

    /**
     * @param type {@code subscribed} or {@code unsubscribed}
     */
    static byte[] subscription(String type, Target target, Optional<String> id) {
        FrameText frame =
                new FrameText(type, SMALL + target.name().length())
                        .text(target.field(), target.name());
        id.ifPresent(text -> frame.text("id", text));
        return frame.end();
    }

    /**
     * @param retryAfterMs when to try again, 0 when that would not help
     */
    static byte[] error(ErrorCode code, String detail, Optional<String> id, long retryAfterMs) {
        FrameText frame =
                new FrameText("error", SMALL + detail.length())
                        .text("code", code.code())
                        .text("message", detail);
        id.ifPresent(text -> frame.text("id", text));
        if (retryAfterMs > 0) {
            frame.number("retry_after_ms", retryAfterMs);
        }
        return frame.end();
    }

    /**
     * What is left of the day's quota.
     *
     * @param id of the frame that asks
     */
    static byte[] usage(Optional<String> id, DayUsage usage, MessageFrames times) {
        FrameText frame = new FrameText("usage", LARGE);
        id.ifPresent(text -> frame.text("id", text));
        return usage(frame, usage, times);
    }

    /** A level of it is reached, in percent. */
    static byte[] usageLevel(int level, DayUsage usage, MessageFrames times) {
        return usage(new FrameText("usage", LARGE).number("level", level), usage, times);
    }

    private static byte[] usage(FrameText frame, DayUsage usage, MessageFrames times) {
        return frame.json("messages_today", shown(usage.messages()))
                .json("limit", shown(usage.limit()))
                .json("remaining", shown(usage.remaining()))
                .text("resets_at", times.time(usage.resetsAt().toEpochMilli()))
                .text("as_of", times.time(usage.asOf().toEpochMilli()))
                .json("stale", Boolean.toString(usage.stale()))
                .end();
    }

    private static String shown(OptionalLong number) {
        return number.isPresent() ? Long.toString(number.getAsLong()) : "null";
    }

    static byte[] welcome(
            String connectionId,
            SocketServices services,
            Admission.Admitted admitted,
            PlanLimits limits) {
        SocketConfig config = services.config();
        FrameText nested =
                FrameText.nested(LARGE)
                        .number("frame_bytes", limits.frameBytes())
                        .number("subscriptions", config.subscriptions())
                        .number("requests", config.requests())
                        .json("connections", shown(limits.connectionsPerAgent()))
                        .json("messages_per_second", shown(limits.agentMessagesPerSecond()))
                        .json("messages_per_day", shown(limits.messagesPerDay()))
                        .number("heartbeat_timeout_ms", config.heartbeatTimeout().toMillis());
        return new FrameText("welcome", LARGE)
                .text("connection_id", connectionId)
                .text("server_id", services.gateway().id())
                .text("tenant_id", admitted.agent().tenantId().value())
                .text("agent_id", admitted.agent().agentId().value())
                .json("limits", nested.end())
                .end();
    }

    private static String shown(long limit) {
        return limit == PlanLimits.UNLIMITED ? "null" : Long.toString(limit);
    }
}
