package ai.artcafe.metrics.realtime.stream;

import ai.artcafe.metrics.realtime.Track;
import ai.artcafe.model.problem.ErrorCode;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.util.Optional;

/** How it is said in events. */
final class Wording {

    private static final String REALTIME = "realtime";
    private static final String UNAVAILABLE = "unavailable";

    private static final Ending.Reason STORE_AWAY =
            new Ending.Reason(
                    ErrorCode.UNAVAILABLE, "A part of the platform is away; the stream goes on.");

    private final Sse sse;
    private final ObjectWriter json;

    Wording(Sse sse, ObjectMapper json) {
        this.sse = sse;
        this.json = json.writer();
    }

    /**
     * The picture. Its id is the second that its rates are of, where that is known: a stale picture
     * has none, and who connects again goes on from the last that was.
     *
     * @param missed goes into it as {@code missed}
     */
    OutboundSseEvent.Builder picture(Sight.Seen seen, Optional<Track.Missed> missed) {
        OutboundSseEvent.Builder event =
                sse.newEventBuilder()
                        .name(REALTIME)
                        .data(missed.map(gap -> with(seen.json(), gap)).orElseGet(seen::json));
        seen.track().ifPresent(track -> event.id(Long.toString(track.last())));
        return event;
    }

    /** There is no picture, and none from before either. */
    OutboundSseEvent unavailable() {
        return sse.newEvent(UNAVAILABLE, text(STORE_AWAY));
    }

    OutboundSseEvent heartbeat() {
        return sse.newEventBuilder().comment("still here").build();
    }

    OutboundSseEvent last(Ending ending) {
        return sse.newEvent(ending.event(), text(ending.reason()));
    }

    private String with(String object, Track.Missed missed) {
        return object.substring(0, object.length() - 1) + ",\"missed\":" + text(missed) + "}";
    }

    private String text(Object data) {
        try {
            return json.writeValueAsString(data);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an event that is no JSON", e);
        }
    }
}
