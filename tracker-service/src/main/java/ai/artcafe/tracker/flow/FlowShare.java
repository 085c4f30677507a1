package ai.artcafe.tracker.flow;

import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.usage.Traffic;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What one tap has seen of a tenant in a minute so far.
 *
 * @param minute its first instant
 * @param seconds by the second of the minute, those that have changed only: messages, control not
 *     among them
 * @param sketches of the whole minute; empty when they are not to be written now
 */
public record FlowShare(
        TenantId tenant,
        Instant minute,
        Map<Integer, Traffic> seconds,
        Optional<Sketches> sketches) {

    public FlowShare {
        seconds = Map.copyOf(seconds);
    }

    /** {@link ai.artcafe.model.flow.Flow} as bytes. */
    public record Sketches(byte[] flow) {}
}
