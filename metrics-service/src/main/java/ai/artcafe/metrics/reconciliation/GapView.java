package ai.artcafe.metrics.reconciliation;

import ai.artcafe.model.usage.Gap;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;

/**
 * A time in which a server may have counted something that no one has read.
 *
 * @param serverId the NATS server, or the gateway and when it was started
 * @param from up to when it had been read
 * @param to when it was first missed
 * @param connections how many of the tenant's connections were open on it
 * @param returned whether it came back with its counters, so that nothing is missing after all;
 *     left out when not
 */
public record GapView(
        String serverId,
        Instant from,
        Instant to,
        long connections,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean returned) {

    public static GapView of(Gap gap) {
        return new GapView(
                gap.source().substring(gap.source().indexOf(':') + 1),
                gap.from(),
                gap.to(),
                gap.connections(),
                gap.returned());
    }
}
