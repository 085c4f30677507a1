package ai.artcafe.model.anomaly;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.Locale;

/**
 * What is published on {@link ai.artcafe.model.subject.PlatformSubjects#alerts} when an anomaly
 * begins and when it ends. It is sent once and not acknowledged, and may come twice after a change
 * of trackers: the anomaly's id and the event tell it apart.
 *
 * @param at when it was found out
 */
public record AnomalyAlert(Event event, Instant at, Anomaly anomaly) {

    /** What happened to it. */
    public enum Event {
        /** It was found; what the ledger found may be over by then, and is told of once. */
        BEGAN,
        ENDED;

        /** The name in messages, lower case. */
        @JsonValue
        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
