package ai.artcafe.tracker.reconcile;

import ai.artcafe.model.identity.Slot;
import java.util.HashMap;
import java.util.Map;

/**
 * Where the tap hears what is published. As long as a slot's name stays the same, the servers have
 * had someone to hand every message of it to; it is empty while that is not certain.
 *
 * @param session of all slots but the exceptions
 */
public record Hearing(String session, Map<Slot, String> exceptions) {

    public Hearing {
        exceptions = Map.copyOf(exceptions);
    }

    public String of(Slot slot) {
        return exceptions.getOrDefault(slot, session);
    }

    /** What has been heard from this moment to a later one. */
    Hearing until(Hearing later) {
        Map<Slot, String> both = new HashMap<>(exceptions);
        both.putAll(later.exceptions);
        both.replaceAll((slot, _) -> same(of(slot), later.of(slot)));
        return new Hearing(same(session, later.session), both);
    }

    private static String same(String one, String other) {
        return one.equals(other) ? one : "";
    }
}
